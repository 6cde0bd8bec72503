"""Print a command of README.md, so that what is run here is what readers are told to run.

The command is the one shell block after the comment ``<!-- command: NAME -->``.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path


def main(name: str) -> int:
    readme = Path(__file__).resolve().parent.parent / "README.md"
    block = rf"<!-- command: {re.escape(name)} -->\s*```sh\n(.*?)```"
    found = re.findall(block, readme.read_text(encoding="utf-8"), flags=re.DOTALL)
    if len(found) != 1:
        print(f"README.md: {len(found)} shell blocks marked 'command: {name}', not one", file=sys.stderr)
        return 1
    print(found[0].strip())
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
