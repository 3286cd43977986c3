"""Papers and workbooks of the center."""
