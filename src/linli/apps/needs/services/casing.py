"""A row of the grid system's export as a ticket has it: where it lies, since when it runs, and what never comes in."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.kinds import police_words
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.publication import scan_text

OWN_KEYS = ("reported", "filed", "street", "community", "grid")
"""Keys of a case that a ticket has not: they say since when it runs, and where it lies."""
TEXTS = ("title", "content", "point", "reply")
LONGEST_POINT = 200
LONG_NUMBER = re.compile(r"(?:\d[\s-]?){15}")
"""Only texts with one are looked through for identity numbers."""


def as_case(data: Mapping[str, Any], *, street: Place) -> dict[str, Any]:
    """The row with the moments and places of a ticket. It runs from the dispatch, else from the filing or the report.

    Raises Refusal for a case of another street, for words out of a police file and for an identity number.
    """
    _refuse_strangers(str(data.get("street") or ""), street)
    _refuse_files(data)
    case = {key: value for key, value in data.items() if key not in OWN_KEYS}
    case["dispatched"] = data.get("dispatched") or data.get("filed") or data.get("reported")
    case["point"] = _where(data)
    return case


def _where(data: Mapping[str, Any]) -> str:
    """Community, grid and place in one line, so that one look tells the place; the community is said once."""
    community, grid, point = (str(data.get(key) or "") for key in ("community", "grid", "point"))
    before, said, after = point.partition(community) if community else ("", "", point)
    if said and (not before.strip() or before.strip()[-1] in "市区县街道镇乡"):
        point = after
    head = [one for one in (community, grid) if one and one not in point]
    return " ".join([*head, *([point.strip()] if point.strip() else [])])[:LONGEST_POINT]


def _refuse_strangers(told: str, street: Place) -> None:
    short = told.removesuffix("街道").removesuffix("街").strip()
    if short and short not in street.name:
        raise Refusal(_("This case lies in another street: %(name)s.") % {"name": told}, code="other-street")


def _refuse_files(data: Mapping[str, Any]) -> None:
    found = police_words("\n".join(str(data.get(key) or "") for key in ("number", *TEXTS)), of_police_alone=True)
    if found:
        sentence = _("“%(words)s” is out of a police file. What the police keep is never written down here.")
        raise Refusal(sentence % {"words": found}, code="police")
    words = "\n".join(str(data.get(key) or "") for key in TEXTS)
    if LONG_NUMBER.search(words) and any(one.kind == "id_number" for one in scan_text(words)):
        raise Refusal(_("An identity number stands in this row. Take it out, then import the file again."))
