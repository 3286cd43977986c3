"""Says on every page and paper that the data are invented, as long as the demo stands."""

from pathlib import Path

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel import contributions

_standing: set[Path] = set()
"""Homes in which the demo was seen; it never goes away again."""


def invented() -> str | Promise:
    """The line, or "" in a house without demo. Asks the database until the demo was seen, and only where its
    password lies."""
    from linli.demo.build import is_built, password_file

    file = password_file()
    if file not in _standing:
        try:
            if not file.exists() or not is_built():
                return ""
        except DatabaseError:
            return ""
        _standing.add(file)
    return _("Demo data, all of it invented")


def contribute() -> None:
    """Tell the frame of pages and papers."""
    contributions.contribute(contributions.Remark("demo.invented", invented))
