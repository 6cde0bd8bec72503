"""Hypothesis profiles, and fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Tests that fail by chance tell nobody anything, so the profiles of every day draw the same examples each time.
# `pytest --hypothesis-profile=explore` goes looking for new ones.
settings.register_profile("fast", max_examples=40, deadline=None, derandomize=True, database=None)
settings.register_profile("CI", max_examples=120, deadline=None, derandomize=True, database=None)
settings.register_profile("explore", max_examples=2000, deadline=None, print_blob=True)
settings.load_profile("CI" if os.environ.get("CI") else "fast")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository, or of the unpacked source distribution."""
    return ROOT


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder that holds `corpus` and `gold`: real plans and their annotations, which are not shipped."""
    named = os.environ.get("GONGKAI_CORPUS")
    folder = Path(named) if named else ROOT.parent / "shared"
    if not (folder / "corpus").is_dir():
        pytest.skip("the corpus of real plans is not here; name its folder in GONGKAI_CORPUS")
    return folder
