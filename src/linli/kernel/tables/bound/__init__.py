"""Bound forms: a form leaves as Word or Excel with its fields bound, comes back filled, and is read field by field."""

from linli.kernel.tables.bound.declared import BoundForm, Filled, Grid, Place
from linli.kernel.tables.bound.reading import parsed, read
from linli.kernel.tables.bound.word import write_docx
from linli.kernel.tables.bound.workbook import write_workbook

__all__ = ["BoundForm", "Filled", "Grid", "Place", "parsed", "read", "write_docx", "write_workbook"]
