"""Lineage: the thread of each task through the plans of many years."""
