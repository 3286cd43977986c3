"""What a machine asks of a running house: whether it stands, its figures, lines of its log. Never a person's data."""
