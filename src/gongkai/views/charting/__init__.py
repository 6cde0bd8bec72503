"""What charts show, worked out once for :mod:`gongkai.charts` and for the pictures of pages."""
