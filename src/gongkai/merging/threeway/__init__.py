"""One merge, step by step: from a base and its copies to a plan."""
