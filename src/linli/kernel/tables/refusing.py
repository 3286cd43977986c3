"""Files that cannot be read as a table: one sentence each."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from linli.kernel.errors import Refusal, TooMany

SENTENCES = {
    "damaged": gettext_noop("The file is damaged or incomplete. Open it in Excel or WPS, save it again, upload that."),
    "locked": gettext_noop("The file is protected by a password. Remove the password and upload it again."),
    "unpacks": gettext_noop(
        "The file would unpack to far more than a table needs and was not opened. Copy the rows into a new workbook."
    ),
    "too-wide-apart": gettext_noop(
        "The sheet has filled cells far away from the table. Delete the empty rows and columns around it, "
        "or copy the table into a new workbook."
    ),
    "too-slow": gettext_noop("The file took too long to read. Split it and upload the parts."),
    "formulas": gettext_noop(
        "This table takes no formulas, and in this kind of file they cannot be told from values. "
        "Save the workbook as .xlsx with values only."
    ),
    "no-sheet": gettext_noop("The workbook has no visible sheet with rows."),
    "nul": gettext_noop(
        "The text file holds characters that no text has (NUL), first in line %(line)s. Export it again."
    ),
    "encoding": gettext_noop(
        "The text file mixes encodings: line %(line)s reads neither as UTF-8 nor as GB 18030. Export it again as UTF-8."
    ),
    "cell-too-long": gettext_noop("A cell near line %(line)s has over 131,072 characters. Check the quotation marks."),
    "no-heading": gettext_noop(
        "No headings were found. The first %(rows)s rows hold none of: %(titles)s. Use the template."
    ),
    "heading-missing": gettext_noop("These columns are missing: %(titles)s. Use the template or rename the headings."),
    "no-rows": gettext_noop("There are no rows below the headings."),
}


def refusal(code: str, **facts: Any) -> Refusal:
    """The refusal of a file, to be raised."""
    return Refusal(_(SENTENCES[code]) % facts, code=f"table-{code}", field="file")


def too_many_rows(limit: int) -> TooMany:
    """The refusal of a table with more than ``limit`` rows."""
    sentence = _("The table has more than %(limit)s rows. Split it and upload the parts.") % {"limit": limit}
    return TooMany(sentence, code="table-too-many-rows", field="file")
