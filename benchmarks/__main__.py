"""Run every benchmark: ``python -m benchmarks`` from the root of the repository."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Run the scripts one after the other."""
    sys.path.insert(0, str(HERE))
    for script in sorted(HERE.glob("[!_]*.py")):
        print(f"\n== {script.stem}")
        runpy.run_path(str(script), run_name="__main__")


if __name__ == "__main__":
    main()
