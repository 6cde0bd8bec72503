"""Consolidation: the plans of several districts or years as one table."""
