"""Agreements: parties, internal review, sealed scans, the numbered archive."""
