"""Telling other systems: who is told, where it may go, how it is signed, sent and sent again."""
