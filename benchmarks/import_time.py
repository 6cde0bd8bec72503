"""How long ``import gongkai`` takes in a fresh interpreter, against attrs and cattrs, which it builds on."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

CASES = {
    "python alone": "pass",
    "import attrs, cattrs": "import attrs, cattrs",
    "import gongkai": "import gongkai",
    "from gongkai import Plan": "from gongkai import Plan",
    "gongkai.loads once": "import gongkai; gongkai.loads(gongkai.dumps(gongkai.Plan('')))",
}
SOURCE = Path(__file__).resolve().parent.parent / "src"


def main(rounds: int = 15) -> None:
    """Print the shortest of several runs of each, less the interpreter's own start."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    times = dict.fromkeys(CASES, float("inf"))
    for _ in range(rounds):
        for name, code in CASES.items():
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True, env=environment)  # noqa: S603 - our own code
            times[name] = min(times[name], time.perf_counter() - started)
    start = times.pop("python alone")
    yardstick = times["import attrs, cattrs"] - start
    print(f"\nimport, beyond the {start * 1e3:.0f} ms of the interpreter")
    for name, took in times.items():
        print(f"  {name:<26} {(took - start) * 1e3:7.1f} ms  {(took - start) / yardstick:6.2f} ×")


if __name__ == "__main__":
    main()
