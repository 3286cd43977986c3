"""Rounds: programmes, dated phases, ideas, proposals, checks, plans, decisions, awards."""
