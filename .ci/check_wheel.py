"""Check that a wheel holds every file of the package, the licence, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from zipfile import ZipFile


def main(wheel: str) -> int:
    source = Path(__file__).resolve().parent.parent / "src"
    expected = {
        file.relative_to(source).as_posix()
        for file in source.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    held = {name for name in names if ".dist-info/" not in name}
    problems = [f"missing from the wheel: {name}" for name in sorted(expected - held)]
    problems += [f"does not belong into the wheel: {name}" for name in sorted(held - expected)]
    if not any(name.endswith(".dist-info/licenses/LICENSE") for name in names):
        problems.append("the licence is missing from the wheel")
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{Path(wheel).name}: {len(held)} files")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
