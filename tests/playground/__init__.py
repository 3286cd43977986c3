"""Small apps that use the mechanisms the thin street has no use for."""
