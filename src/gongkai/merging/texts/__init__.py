"""Merging texts: the merged plan is written into the text it came from, line by line as it stands there."""
