"""The shape of what is entered in rounds."""
