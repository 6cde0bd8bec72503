"""Plans in git: ``gongkai git install``, and the drivers that git calls."""
