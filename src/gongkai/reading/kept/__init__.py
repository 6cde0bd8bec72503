"""Workbooks that gongkai wrote, on their way back: what was not changed by hand is what was written."""
