"""Ledger: funds, quotas, commitments with budget lines, instalments and the payments a treasury reports."""
