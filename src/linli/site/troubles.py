"""Trouble of the ground said in one sentence: what is wrong and what to do."""

import errno
import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _


class Trouble(Exception):
    """Something outside the program stands in the way; the message is the sentence for the operator."""


def _database(error: Exception) -> str | None:
    from django.conf import settings

    database = settings.DATABASES["default"]
    text = str(error)
    if any(words in text for words in ("no such table", "no such column", "has no column", "does not exist")):
        return _("The database is not set up yet. Run: linli setup")
    if database["ENGINE"].endswith("sqlite3"):
        if "full" in text:
            return _("The disk is full. Nothing was lost; make room and try again.")
        return _("The database file %(name)s cannot be opened or written. Check the folder and its owner.") % {
            "name": database["NAME"]
        }
    return _("The database at %(host)s does not answer. Check that it runs and that DATABASE_URL is right.") % {
        "host": f"{_of(database, 'host') or 'localhost'}:{_of(database, 'port') or 5432}"
    }


def _of(database: dict[str, Any], word: str) -> str:
    """Host or port, by whichever way the address named it."""
    return str(database[word.upper()] or database["OPTIONS"].get(word, ""))


def cannot_write(folder: object) -> str:
    """The sentence for a folder or file this account may not write."""
    sentence = _("%(name)s cannot be written. Give this account the right, or set LINLI_HOME elsewhere.")
    return sentence % {"name": folder}


def _file(error: OSError) -> str | None:
    if error.errno == errno.ENOSPC:
        return _("The disk is full. Nothing was lost; make room and try again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR):
        return cannot_write(error.filename or os.environ.get("LINLI_HOME") or Path.cwd())
    return None


def sentence_for(error: Exception) -> str | None:
    """The sentence for a person, in the language in use; None means: show the traceback, it is a defect."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    from linli.kernel.errors import Refusal

    if isinstance(error, Trouble | Refusal):
        return str(error)
    if type(error).__name__ in ("KeysMissing", "ParseError", "UnknownSchemeError"):
        return str(error)
    if isinstance(error, OperationalError | ProgrammingError):
        return _database(error)
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    return _file(error) if isinstance(error, OSError) else None
