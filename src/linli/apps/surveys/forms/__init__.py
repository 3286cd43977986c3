"""The shape of what is entered in surveys."""
