"""Alignment: which tasks of two plans are the same obligation, and what speaks for it."""
