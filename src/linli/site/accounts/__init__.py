"""Accounts: signing in by name or telephone, passwords, second step, sessions, the house's identity provider."""
