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
    home = (folder / "home").as_uri()
    command = ["soffice", f"-env:UserInstallation={home}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", folder, file], check=True, capture_output=True, timeout=180)
    return folder / f"{file.stem}.pdf"
