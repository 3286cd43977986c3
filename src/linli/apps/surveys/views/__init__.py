"""The doors of surveys."""
