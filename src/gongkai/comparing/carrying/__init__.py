"""Coverage: what of a reference plan another plan carries."""
