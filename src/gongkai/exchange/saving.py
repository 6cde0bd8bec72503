"""Writing a file whole or not at all.

What is written goes into a new file beside it, which takes its place only when all of it is there: a full
disk, a broken pipe or an interruption leaves what was there before.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

__all__ = ["save"]


def save(path: str | os.PathLike[str], content: str | bytes, *, replace: bool = True) -> None:
    """Write a file, whole or not at all.

    A link is followed: the file that it names is written. What is there and no plain file, as a pipe or
    ``/dev/null``, is written to as it is. A file that is replaced keeps its permissions.

    Args:
        path: where to write.
        content: bytes, or text, which is written as UTF-8 with line feeds.
        replace: whether a file that is there gives way.

    Raises:
        FileExistsError: there is a file, and it is not to be replaced.
        OSError: it cannot be written; what was there is as it was.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     save(f"{folder}/plan.md", "要点")
    ...     save(f"{folder}/plan.md", "公开", replace=False)
    Traceback (most recent call last):
        ...
    FileExistsError: [Errno 17] File exists: '...plan.md'
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    target = Path(os.path.realpath(path))
    mode = _mode(Path(path))  # a pipe that standard output leads to has no name of its own
    if mode is not None and not stat.S_ISREG(mode):
        Path(path).write_bytes(data)
        return
    if mode is not None and not replace:
        raise _exists(path)
    if mode is not None and not os.access(target, os.W_OK):
        raise PermissionError(13, os.strerror(13), str(path))
    spare = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        _write(spare, data, mode)
        if replace:
            spare.replace(target)
        else:
            _take(spare, target, path)
    finally:
        spare.unlink(missing_ok=True)


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _exists(path: str | os.PathLike[str]) -> FileExistsError:
    return FileExistsError(17, os.strerror(17), os.fspath(path))


def _write(path: Path, data: bytes, mode: int | None) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    if mode is not None:
        path.chmod(stat.S_IMODE(mode))


def _take(spare: Path, target: Path, path: str | os.PathLike[str]) -> None:
    """Give the new file its name, unless somebody else has taken the name in the meantime."""
    try:
        os.link(spare, target)
    except FileExistsError:
        raise _exists(path) from None
    except OSError:  # no second names on this file system
        if target.exists():
            raise _exists(path) from None
        with suppress(FileNotFoundError):
            spare.replace(target)
