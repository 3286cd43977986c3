"""What became of an imported table, for a terminal; and in whose name it was entered."""

from typing import Any

from django.utils.translation import gettext as _

from linli.apps.people.models import User
from linli.kernel import tables
from linli.kernel.errors import Missing

MOST = 20


def account_named(said: str, sheet: str) -> User:
    """The account of this user name; where nothing is said, the only one that may import the sheet.

    Raises Missing, which names accounts that may.
    """
    rows = User.objects.filter(is_active=True).order_by("username")
    if said:
        found = rows.filter(username=said).first()
        if found is None:
            raise Missing(_("There is no account %(name)s.") % {"name": said})
        return found
    offer = tables.offer_named(sheet)
    able = [user for user in rows if offer.allowed(user, None)]
    if len(able) != 1:
        names = "、".join(user.username for user in able[:MOST]) or "—"
        raise Missing(_("Say in whose name with --account. These may: %(names)s.") % {"names": names})
    return able[0]


def told_of(batch: tables.Import) -> dict[str, Any]:
    """The figures of the import and the cells that were not taken, by row. One query."""
    sheet = tables.sheet_named(batch.sheet)
    rows = batch.rows.filter(action=tables.Change.BAD).order_by("number")
    problems = [
        {"row": row.number, **{key: cell[key] for key in ("title", "value", "reason")}}
        for row in rows
        for cell in tables.problems_of(row, batch, sheet)
    ]
    done = batch.state == tables.ImportState.DONE
    figures = {name: getattr(batch, name) for name in ("new", "changed", "same", "bad")}
    return {"rows": batch.read, **figures, "taken_over": done, "ignored": batch.ignored, "problems": problems}


def lines_of(told: dict[str, Any]) -> list[str]:
    """The same in sentences: the figures, columns nobody asked for, the first cells that were not taken."""
    lines = [_("%(rows)s rows: %(new)s new, %(changed)s changed, %(same)s unchanged, %(bad)s left out.") % told]
    if not told["taken_over"]:
        lines.append(_("Nothing was written."))
    if told["ignored"]:
        lines.append(_("Columns that were not read: %(titles)s.") % {"titles": "、".join(told["ignored"])})
    cells = told["problems"]
    lines += [_("Row %(row)s: %(title)s “%(value)s” %(reason)s") % cell for cell in cells[:MOST]]
    if len(cells) > MOST:
        lines.append(_("And %(count)s more; --json tells all.") % {"count": len(cells) - MOST})
    return lines
