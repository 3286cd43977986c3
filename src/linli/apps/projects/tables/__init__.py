"""Sheets and papers of projects."""

from linli.apps.projects.tables.papers import (
    HEADINGS,
    change_form,
    midterm_form,
    progress_rows,
    progress_table,
    visit_form,
)

__all__ = ["HEADINGS", "change_form", "midterm_form", "progress_rows", "progress_table", "visit_form"]
