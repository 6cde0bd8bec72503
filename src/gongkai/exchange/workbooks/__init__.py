"""Workbooks (.xlsx): task tables, ledgers, and what was found by comparing; openpyxl writes them."""
