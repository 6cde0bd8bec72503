"""PDF documents made from Word documents, by LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

_PROGRAMS = ("soffice", "libreoffice")


def _has_chinese_font() -> bool:
    program = shutil.which("fc-list")
    if program is None:
        return True  # cannot be told
    listed = subprocess.run([program, ":lang=zh", "family"], capture_output=True, check=False, timeout=60)
    return bool(listed.stdout.strip())


def to_pdf(document: bytes, folder: Path, suffix: str = ".docx") -> bytes:
    """The PDF of an Office document; the test is skipped where LibreOffice is not installed.

    Args:
        document: the bytes of the document.
        folder: a folder for the files that LibreOffice needs.
        suffix: the ending by which LibreOffice knows what it is.
    """
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("LibreOffice is not installed: no PDF can be made from the Word document")
    if not _has_chinese_font():
        pytest.skip("no Chinese font is installed: the PDF would have no Chinese text")
    source = folder / f"document{suffix}"
    source.write_bytes(document)
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    made = subprocess.run(
        [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)],
        capture_output=True,
        check=False,
        text=True,
        timeout=180,
    )
    target = source.with_suffix(".pdf")
    assert target.exists(), f"LibreOffice made no PDF: {made.stdout}{made.stderr}"
    return target.read_bytes()
