"""Text as people see it: what is invisible is taken out at every door, what is rare stays."""

from linli.kernel.texts.cleaning import HIDDEN, clean, cleaned, private_signs, unsure

__all__ = ["HIDDEN", "clean", "cleaned", "private_signs", "unsure"]
