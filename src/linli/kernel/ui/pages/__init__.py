"""The kernel's own pages."""
