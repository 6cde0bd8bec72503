"""The difference of two plans: rows of changes that can be told, filed, applied and inverted."""
