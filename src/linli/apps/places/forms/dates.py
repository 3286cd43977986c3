"""A day as a browser offers it."""

from typing import Any

from django import forms


def day(label: Any, **options: Any) -> forms.DateField:
    """A field for a day, with the browser's own calendar."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **options)
