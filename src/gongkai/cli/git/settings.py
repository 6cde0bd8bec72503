"""What is written into git's settings and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

__all__ = [
    "CONFLICT",
    "NAME",
    "PATTERNS",
    "attribute_lines",
    "config_lines",
    "is_own_line",
    "pattern_of",
    "wrong_patterns",
]

#: What the drivers are called.
NAME: Final = "gongkai"

#: The files that are plans, unless others are named.
PATTERNS: Final = ("*.plan.json", "*.plan.txt")

#: What the merge driver ends with where conflicts remain. Whatever else it ends with but 0, a missing program
#: too, leaves the file to git.
CONFLICT: Final = 111

#: A heading, or the first sentence below a number: git shows it above a stretch of a diff.
_HEADING: Final = "^((　*|  )[^][:space:]0-9()[（）【】<>=|].{0,24}).*$"
_ATTRIBUTES: Final = f" diff={NAME} merge={NAME}"
_WORD: Final = "[0-9A-Za-z]+|[^[:space:]]"


def config_lines(command: str, language: str) -> list[str]:
    """Return the lines of git's settings.

    Args:
        command: how the shell calls gongkai.
        language: the language of messages.
    """
    tongue = "" if language == "zh" else f" --language {language}"
    show = f'f() {{ {command} git textconv{tongue} "$1" 2>/dev/null || cat "$1"; }}; f'
    name = "plans, task by task" if language == "en" else "逐项合并工作要点"
    resolve = f'{command} merge{tongue} --resolve "$MERGED" --ask -o "$MERGED"'
    return [
        f'[diff "{NAME}"]',
        f"\ttextconv = {_quoted(show)}",
        f"\txfuncname = {_quoted(_HEADING)}",
        f"\twordRegex = {_quoted(_WORD)}",
        f'[merge "{NAME}"]',
        f"\tname = {_quoted(name)}",
        f"\tdriver = {_quoted(_driver(command, tongue))}",
        "\trecursive = binary",
        f'[mergetool "{NAME}"]',
        f"\tcmd = {_quoted(resolve)}",
        "\ttrustExitCode = true",
    ]


def _driver(command: str, tongue: str) -> str:
    """The merge driver; where gongkai is not there, or gives up, git's own merge by lines."""
    return (
        f"{command} git merge-driver{tongue} %O %A %B %L %P %X %Y; "
        f"case $? in 0) exit 0;; {CONFLICT}) exit 1;; esac; "
        "git merge-file -q --marker-size=%L -L ours -L base -L theirs %A %O %B; "
        "case $? in 0) exit 0;; *) exit 1;; esac"
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def is_own_line(line: str) -> bool:
    """Tell a line that install writes, for whatever files and with whatever command.

    >>> is_own_line("*.plan.txt diff=gongkai merge=gongkai"), is_own_line("*.md text")
    (True, False)
    """
    return line.endswith(_ATTRIBUTES) or any(shape.fullmatch(line) for shape in _shapes())


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    texts = [text for language in ("zh", "en") for text in config_lines("\0", language)]
    return tuple([re.compile(re.escape(text).replace(re.escape("\0"), ".+")) for text in texts])


def attribute_lines(patterns: Iterable[str]) -> list[str]:
    """Return the lines of a file of attributes."""
    return [pattern_of(pattern) + _ATTRIBUTES for pattern in patterns]


def pattern_of(pattern: str) -> str:
    """Return a pattern as a file of attributes has it, quoted where it has to be.

    >>> pattern_of("*.plan.txt"), pattern_of("年度 要点/*.txt")
    ('*.plan.txt', '"年度 要点/*.txt"')
    """
    if not any(sign in pattern for sign in ' \t"') and not pattern.startswith("#"):
        return pattern
    escaped = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return f'"{escaped}"'


def wrong_patterns(patterns: Sequence[str]) -> list[str]:
    """Return the patterns that a file of attributes cannot have."""
    return [each for each in patterns if not each.strip() or each.startswith("!") or {"\n", "\r"} & set(each)]
