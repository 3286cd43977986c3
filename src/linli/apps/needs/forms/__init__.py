"""Shape of what is entered about needs."""
