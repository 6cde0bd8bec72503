"""Looking at documents in LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice), which opens the file, is not installed"
)


def as_pdf(file: Path, folder: Path) -> Path:
    """Convert a document to PDF; a document that needs repair is none that is converted."""
    return converted(file, folder, "pdf")


def converted(file: Path, folder: Path, form: str) -> Path:
    """Open a document and save it in another form, or in the same one in another folder."""
    home = (folder / "home").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", folder, file], check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.{form}"
