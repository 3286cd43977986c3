"""What became of an import, in lines for a terminal."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from linli.apps.needs.models import TicketFile
from linli.kernel.tables.reasons import sentence

MOST = 20


def never_read(file: TicketFile) -> str:
    """Which columns were not read, and why."""
    return _("Never read, because they tell who somebody is: %(titles)s.") % {"titles": "、".join(file.never)}


def lines_of(file: TicketFile, told: Mapping[str, int]) -> list[str]:
    """The figures, then the first rows that were left out."""
    lines = [_("%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged, %(bad)s left out.") % told]
    if file.never:
        lines.append(never_read(file))
    if told["waits"]:
        lines.append(_("%(waits)s closed tickets have a call-back that is not content; a person says what now.") % told)
    for row in file.problems[:MOST]:
        why = row["sentence"] or "；".join(f"{cell['column']} {sentence(cell)}" for cell in row["cells"])
        lines.append(_("Row %(row)s: %(why)s") % {"row": row["row"], "why": why})
    return lines
