"""Check a wheel as users install it: alone, then with each extra alone.

Without an extra, what needs it gives one clear line that names the extra; with it, it works. Each extra gets
an environment of its own, so that none lives on what another one brings.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
import venv
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

#: What each extra is for, as a program that works with it and raises MissingExtra without it.
PROGRAMS: Final = {
    "documents": """
gongkai.read("<html><body><p>澄湖区2024年政务公开工作要点</p></body></html>".encode())
gongkai.write(plan, folder / "要点.xlsx")
gongkai.write(plan, folder / "要点.docx")
assert gongkai.read(folder / "要点.docx").title == plan.title
""",
    "tables": """gongkai.write(plan, folder / "要点.parquet")""",
    "calendar": """
from datetime import date
assert not gongkai.calendars.ChineseCalendar().is_workday(date(2024, 10, 1))
gongkai.write(plan, folder / "要点.ics")
""",
    "plot": "gongkai.charts.deadlines(plan).to_dict()",
    "cli": """
from gongkai import cli
import contextlib, io
said = io.StringIO()
with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
    code = cli.main(["show", "example:chenghu-2024"])
if code:
    assert len(said.getvalue().splitlines()) == 1 and "gongkai[cli]" in said.getvalue(), said.getvalue()
    raise gongkai.MissingExtra("cli", "the command")
""",
    "semantic": "assert len(list(gongkai.semantic_embedder(['公开目录']))) == 1",
    "graph": "gongkai.trace([gongkai.examples.load('chenghu-2023'), plan]).to_networkx()",
    "test": "from gongkai.testing import strategies\nstrategies.plans()",
}

#: What needs no extra.
CORE: Final = """
old = gongkai.examples.load("chenghu-2023")
diff = gongkai.diff(old, plan)
assert diff.apply(old) == plan and gongkai.loads(gongkai.dumps(plan)) == plan
assert gongkai.check(plan) is not None and len(gongkai.coverage(old, plan)) > 0
assert gongkai.merge(old, plan, old).plan == plan
for suffix in ("txt", "md", "html", "json"):
    gongkai.write(plan, folder / f"要点.{suffix}")
"""

HEAD: Final = """
import pathlib, sys, gongkai
plan = gongkai.examples.load("chenghu-2024")
folder = pathlib.Path(sys.argv[1])
"""

#: Extras that come with their own, or that nothing uses yet.
LEFT_OUT: Final = {"all", "corpus"}


def main(wheel: str, *names: str) -> int:
    pyproject = Path(__file__).resolve().parent.parent / "pyproject.toml"
    extras = set(tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]["optional-dependencies"])
    problems = [f"no program for the extra {name}" for name in sorted(extras - LEFT_OUT - set(PROGRAMS))]
    with TemporaryDirectory() as folder:
        alone = installed(Path(folder) / "alone", wheel)
        problems += run(alone, CORE, "without extras")
        for name, program in PROGRAMS.items():
            problems += run(alone, missing(name, program), f"without {name}")
        for name in names or PROGRAMS:
            python = installed(Path(folder) / name, f"{wheel}[{name}]")
            problems += run(python, PROGRAMS[name], f"with {name}")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems with extras")
    return 1 if problems else 0


def installed(folder: Path, what: str) -> Path:
    """Make an environment that has this and nothing else, and return its Python."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", what]
    subprocess.run(pip, check=True)
    return python


def run(python: Path, program: str, when: str) -> list[str]:
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [str(python), "-X", "utf8", "-c", HEAD + program, folder],
            capture_output=True,
            check=False,
            encoding="utf-8",
            cwd=folder,
        )
    print(f"{when}: {'well' if done.returncode == 0 else 'NOT WELL'}")
    return [f"{when}: {done.stderr.strip()[-600:]}"] if done.returncode else []


def missing(name: str, program: str) -> str:
    """The program, expected to say that the extra is missing."""
    lines = "\n".join(f"    {line}" for line in program.strip().splitlines())
    return f"""
try:
{lines}
except gongkai.MissingExtra as error:
    assert "gongkai[{name}]" in str(error), error
    assert len(str(error).strip().splitlines()) == 1, error
else:
    raise SystemExit("it works without the extra")
"""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
