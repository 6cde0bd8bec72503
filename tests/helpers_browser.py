"""A headless Chromium that tests drive over a pipe, in the DevTools protocol, with the standard library alone."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

#: Seconds that an answer may take.
_PATIENCE: Final = 60.0

_KEYS: Final = {
    "Enter": ("\r", 13),
    "Escape": ("", 27),
    "Tab": ("", 9),
    "Home": ("", 36),
    "End": ("", 35),
    "ArrowUp": ("", 38),
    "ArrowDown": ("", 40),
}


def chromium() -> str:
    """The browser; the test that asks is skipped where there is none."""
    if sys.platform == "win32":
        pytest.skip("the browser is driven over a pipe of POSIX")
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        found = shutil.which(name)
        if found:
            return found
    pytest.skip("no Chromium here: install one (Debian: chromium) to run the tests of the pages")


class Browser:
    """One browser with one tab."""

    def __init__(self) -> None:
        program = chromium()
        import fcntl  # of POSIX alone

        self._folder = tempfile.mkdtemp()
        ends = [*os.pipe(), *os.pipe()]
        down, self._write, self._read, up = (fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
        flags = (
            "--headless --no-sandbox --disable-gpu --no-first-run --hide-scrollbars --remote-debugging-pipe"
        )
        self._process = os.posix_spawn(
            program,
            [program, *flags.split(), f"--user-data-dir={self._folder}", "about:blank"],
            os.environ,
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
                (os.POSIX_SPAWN_DUP2, down, 3),  # where the browser reads
                (os.POSIX_SPAWN_DUP2, up, 4),  # where it writes
            ],
        )
        for end in (*ends, down, up):
            os.close(end)
        self._number = 0
        self._rest = b""
        self._events: list[dict[str, Any]] = []
        targets = self._ask("Target.getTargets")["targetInfos"]
        page = next(target for target in targets if target["type"] == "page")
        asked = {"targetId": page["targetId"], "flatten": True}
        self._session: str = self._ask("Target.attachToTarget", asked)["sessionId"]
        for room in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{room}.enable")

    def _ask(
        self, method: str, parameters: dict[str, Any] | None = None, session: str | None = None
    ) -> dict[str, Any]:
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters or {}}
        if session is not None:
            message["sessionId"] = session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + _PATIENCE
        while True:
            came = self._message(end)
            if came.get("id") == self._number:
                if "error" in came:
                    raise RuntimeError(f"{method}: {came['error']}")
                result: dict[str, Any] = came["result"]
                return result
            self._events.append(came)

    def _message(self, end: float) -> dict[str, Any]:
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._read], [], [], max(0.0, end - time.monotonic()))
            part = os.read(self._read, 1 << 20) if ready else b""
            if not part:
                raise RuntimeError("the browser says nothing any more")
            self._rest += part
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        return message

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the tab for something."""
        return self._ask(method, parameters, self._session)

    def open(self, file: Path, fragment: str = "") -> None:
        """Open a file and wait until it is there."""
        self._events.clear()
        self.send("Page.navigate", url="about:blank")
        self.send("Page.navigate", url=file.as_uri() + fragment)
        end = time.monotonic() + _PATIENCE
        while self.run("document.readyState + location.protocol") != "completefile:":
            if time.monotonic() > end:
                raise RuntimeError("the page does not load")

    def run(self, code: str) -> Any:
        """Evaluate an expression on the page."""
        answer = self.send("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys one after the other: a character, or a key's name."""
        for key in keys:
            text, code = _KEYS.get(key, (key, ord(key[0].upper())))
            facts = {"key": key, "windowsVirtualKeyCode": code, **({"text": text} if text else {})}
            self.send("Input.dispatchKeyEvent", type="keyDown", **facts)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)

    def type(self, text: str) -> None:
        """Put a text into the field that has the focus, and wait until the page has seen it."""
        self.send("Input.insertText", text=text)
        self.run("new Promise((done) => setTimeout(done, 200))")

    def resize(self, width: int, height: int = 900) -> None:
        """Give the tab a size."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def media(self, **features: str) -> None:
        """Have the page think of a kind of medium (``media``) or of a preference, as ``color_scheme``."""
        kind = features.pop("media", "")
        wishes = [
            {"name": f"prefers-{name.replace('_', '-')}", "value": value} for name, value in features.items()
        ]
        self.send("Emulation.setEmulatedMedia", media=kind, features=wishes)

    def scripts(self, *, on: bool) -> None:
        """Let scripts run, or not."""
        self.send("Emulation.setScriptExecutionDisabled", value=not on)

    @property
    def complaints(self) -> list[str]:
        """What the console was told: errors, warnings, violations of the policy."""
        self.run("0")
        found: list[str] = []
        for event in self._events:
            facts = event.get("params", {})
            if event.get("method") == "Runtime.exceptionThrown":
                found.append(facts["exceptionDetails"]["exception"].get("description", ""))
            elif event.get("method") == "Runtime.consoleAPICalled":
                found.append(str(facts["args"]))
            elif event.get("method") == "Log.entryAdded":
                found.append(facts["entry"]["text"])
        return found

    @property
    def requests(self) -> list[str]:
        """What was asked for, beside the page itself."""
        self.run("0")
        sent = [event for event in self._events if event.get("method") == "Network.requestWillBeSent"]
        asked = [event["params"]["request"]["url"] for event in sent]
        return [address for address in asked if not address.startswith(("about:", "file:", "data:"))]

    def close(self) -> None:
        """End the browser."""
        try:
            self._ask("Browser.close")
        except (OSError, RuntimeError):
            os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._read)
        os.close(self._write)
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def started() -> Iterator[Browser]:
    """A browser that ends with its tests."""
    browser = Browser()
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def page(browser: Browser, text: str, fragment: str = "") -> Iterator[Browser]:
    """Open a page; where all went well, it has complained of nothing and asked for nothing."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(text, encoding="utf-8")
        browser.open(file, fragment)
        yield browser
        assert browser.complaints == []
        assert browser.requests == []
