"""The doors of rounds."""
