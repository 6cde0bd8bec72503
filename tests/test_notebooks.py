"""The notebooks of ``examples/notebooks``: each runs, shows what it says, and is told in two languages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import nbclient
import pytest

FOLDER = Path(__file__).resolve().parent.parent / "examples" / "notebooks"
NAMES = ("city_and_districts", "many_years", "two_years")

# What the client of kernels and its event loop leave behind is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


def notebook(name: str) -> Any:
    return jupytext.read(FOLDER / f"{name}.py")


def test_there_are_no_others() -> None:
    assert tuple(sorted(file.stem for file in FOLDER.glob("*.py"))) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_it_runs_and_shows_what_it_says(name: str) -> None:
    found = notebook(name)
    nbclient.NotebookClient(found, kernel_name="python3", timeout=300).execute()

    cells = [cell for cell in found.cells if cell.cell_type == "code"]
    outputs = [output for cell in cells for output in cell.outputs]
    forms = [set(output.get("data", {})) for output in outputs]
    charts = [cell for cell in cells if re.search(r"^(charts|alt)\.[a-zA-Z]+\(", cell.source, re.MULTILINE)]
    assert not [output for output in outputs if output.output_type == "error"]
    assert sum("image/svg+xml" in form for form in forms) == len(
        [c for c in charts if "enable" not in c.source]
    )
    assert sum({"text/html", "text/markdown", "text/plain"} <= form for form in forms) >= 3
    for cell in cells[1:]:
        assert cell.outputs or "=" in cell.source, cell.source


@pytest.mark.parametrize("name", NAMES)
def test_it_is_told_in_chinese_and_english(name: str) -> None:
    for cell in notebook(name).cells:
        if cell.cell_type == "markdown":
            assert re.search("[\u4e00-\u9fff]{4}", cell.source), cell.source
            assert re.search(r"[a-z]+ [a-z]+", cell.source), cell.source


@pytest.mark.parametrize("name", NAMES)
def test_a_chinese_paragraph_is_one_line(name: str) -> None:
    """A line's end within it would be shown as a blank."""
    for cell in notebook(name).cells:
        if cell.cell_type == "markdown":
            assert not re.search("[\u4e00-\u9fff，。、；：？！”（）]\n[\u4e00-\u9fff“（]", cell.source), (
                cell.source
            )


@pytest.mark.parametrize("name", NAMES)
def test_it_keeps_no_output(name: str) -> None:
    text = (FOLDER / f"{name}.py").read_text(encoding="utf-8")

    assert text.startswith("# ---\n# jupyter:\n")
    assert len(text) < 12_000
    assert jupytext.writes(notebook(name), fmt="py:percent").count("# %%") == text.count("# %%")
