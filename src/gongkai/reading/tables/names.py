"""Names of bodies that nothing separates: 区财政局区教育局."""

from __future__ import annotations

__all__ = ["split_abutting"]


def split_abutting(text: str) -> str:
    """Return a cell of bodies with a separator between names that abut."""
    return text
