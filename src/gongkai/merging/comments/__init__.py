"""Comments on a draft, from a sheet, as edited copies."""
