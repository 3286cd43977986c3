"""Translations: sentences extracted, catalogues updated and compiled, one catalogue a folder."""
