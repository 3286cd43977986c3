"""Ordering: residents order from the menu, the community draws sheets up, organizations claim them, the street pays."""
