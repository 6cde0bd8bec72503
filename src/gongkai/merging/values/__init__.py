"""Each field by itself: what can be had together of several views of it, and who decides where not."""
