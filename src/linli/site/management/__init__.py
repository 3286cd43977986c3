"""Django's own commands where the house needs them to behave better."""
