"""The report on a set of plans: one page with all that the library knows of them."""
