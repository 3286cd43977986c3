"""``linli import tickets|grid|needs FILE``: an export taken over at once; what it asks is said in one sentence."""

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _

from linli.apps.needs import services
from linli.apps.needs.commands.told import lines_of
from linli.apps.needs.models import ColumnMapping, FileState, TicketFile
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Missing, Refusal


def run(options: Namespace) -> int:
    """Import, print what became of the rows; exit code 1 where columns are unknown or every row was left out."""
    street = street_named(options.street)
    file = _uploaded(options.file, street, options.what, _mapping(street, options.what, options.mapping))
    ignored = [title.strip() for title in options.ignore.replace("，", ",").split(",") if title.strip()]
    if ignored and file.state in (FileState.ASKS, FileState.READY):
        file = services.tell_columns(file, headings=dict.fromkeys(ignored, ""), actor=None)
    if file.state == FileState.ASKS:
        services.cancel_export(file, actor=None)
        raise Refusal(_asked(file))
    file = services.take_over_export_now(file, actor=None)
    told = {name: getattr(file, name) for name in ("rows", "new", "changed", "same", "bad", "waits")}
    if options.json:
        sys.stdout.write(json.dumps({**told, "problems": file.problems}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write("\n".join(lines_of(file, told)) + "\n")
    return 1 if file.rows and file.bad == file.rows else 0


def street_named(said: str) -> Place:
    """The street of this code or name; the only one where nothing is said. Raises Missing."""
    streets = Place.objects.filter(level=Level.STREET).order_by("code")
    found = list((streets.filter(code=said) or streets.filter(name=said)) if said else streets[:2])
    if len(found) != 1:
        names = "、".join(f"{street.name} {street.code}" for street in streets[:20])
        raise Missing(_("Say which street with --street: %(names)s.") % {"names": names})
    return found[0]


def _mapping(street: Place, purpose: str, name: str) -> ColumnMapping | None:
    if not name:
        return None
    rows = ColumnMapping.objects.filter(street=street, purpose=purpose)
    found = rows.filter(name=name).first()
    if found is None:
        names = "、".join(rows.values_list("name", flat=True)) or "—"
        raise Missing(_("There is no mapping of this name. There are: %(names)s.") % {"names": names})
    return found


def _uploaded(path: Path, street: Place, purpose: str, mapping: ColumnMapping | None) -> TicketFile:
    if not path.is_file():
        raise Missing(_("There is no file %(file)s.") % {"file": path.name})
    with path.open("rb") as body:
        given: dict[str, Any] = {"street": street, "purpose": purpose, "mapping": mapping, "actor": None}
        return services.upload_export(File(body, name=path.name), name=path.name, **given)


def _asked(file: TicketFile) -> str:
    """Which columns are unknown, and how to say what they are."""
    sentence = ""
    if file.missing:
        sentence = _("These columns are missing: %(titles)s.") % {"titles": "、".join(file.missing)} + " "
    titles = "、".join(file.unknown)
    return sentence + _(
        "Nothing was taken over: nobody knows the columns %(titles)s. Say on the desk what they hold and use "
        "--mapping, or leave them out with --ignore."
    ) % {"titles": titles}
