"""Tables of rounds that leave the house."""
