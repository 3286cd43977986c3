"""A form that came back: filed by the code on it, read field by field; what cannot be read is typed once."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import events
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import PAPERS, keep
from linli.kernel.refs import ref_of
from linli.kernel.scope.actors import Actor
from linli.kernel.slips.codes import LENGTH, tidy
from linli.kernel.tables.bound import BoundForm, Filled, parsed, read
from linli.kernel.tables.bound.declared import Place, Raw
from linli.kernel.tables.collecting.offers import form_offer
from linli.kernel.tables.collecting.records import CollectionUnit, UnitState

ANY_FORM = BoundForm("", "", ())
"""Reads nothing but the code."""
NOT_ACCEPTED = tuple(state for state in UnitState if state != UnitState.ACCEPTED)
UNREADABLE = _("No field of the form could be read from the file; it is attached, its fields are typed.")


def find_unit(upload: IO[bytes], units: QuerySet[CollectionUnit]) -> CollectionUnit | None:
    """The unit among ``units`` whose code is printed on the form; None where no code can be read, or none fits."""
    try:
        code = tidy(read(upload, ANY_FORM).code)
    except Refusal:
        return None
    finally:
        upload.seek(0)
    return units.filter(code=code).first() if len(code) == LENGTH else None


def require_may_fill(unit: CollectionUnit, actor: Actor | None) -> None:
    """Raises NotAllowed unless the actor hands in for the unit, or keeps its collection."""
    offer = form_offer(unit.collection.form)
    if not (offer.hands_in(actor, unit) or offer.keeps(actor, unit.collection)):
        raise NotAllowed(_("Your posts do not allow you to hand in this form."))


def _put(unit: CollectionUnit, columns: dict[str, Any], *, action: str, actor: Actor | None) -> None:
    """Change a unit of an open collection that is not accepted yet, by compare-and-set. Raises Conflict."""
    open_ones = CollectionUnit.objects.filter(pk=unit.pk, state__in=NOT_ACCEPTED, collection__closed_at__isnull=True)
    moved = open_ones.update(**columns)
    unit.refresh_from_db()
    if not moved:
        if unit.state == UnitState.ACCEPTED:
            raise Conflict(_("The form of this unit was accepted already; nothing was changed."), code="accepted")
        raise Conflict(_("The collection is closed; nothing was changed."), code="closed")
    facts = {"unit": unit.label, "file": unit.file_name, "problems": len(unit.problems)}
    events.record(f"tables.collection_unit.{action}", unit, actor=actor, facts=facts)


def stored_problems(places: tuple[Place, ...]) -> list[dict[str, Any]]:
    """Problems as they are kept: where, a code, facts for the sentence."""
    return [
        {**place.problem.facts, "column": place.problem.column, "code": place.problem.code, "grid": place.grid,
         "row": place.row}
        for place in places
    ]  # fmt: skip


@transaction.atomic
def hand_in(
    unit: CollectionUnit, upload: IO[bytes], *, actor: Actor | None, name: str = "", at: datetime | None = None
) -> CollectionUnit:
    """Take the file of a unit: read where it can be, attached where not. Handed in again, it replaces what came.

    Raises NotAllowed, Conflict (accepted, closed), Refusal (no file that is kept; the code of another unit).
    """
    require_may_fill(unit, actor)
    moment = at or timezone.now()
    form: BoundForm = form_offer(unit.collection.form).form
    found: Filled | None = None
    reason: Any = ""
    try:
        found = read(upload, form)
    except Refusal as no:
        reason = no.sentence
    _refuse_other(unit, found)
    is_read = found is not None and bool(found.found or any(found.grids.values()))
    upload.seek(0)
    stored = keep(upload, accept=PAPERS, owner=ref_of(unit), actor=actor, name=name, at=moment)
    came = {
        "file_id": stored.pk, "file_name": stored.name, "returned_at": moment, "typed": False,
        "returned_by": actor.actor_id if actor else None,
    }  # fmt: skip
    if is_read and found is not None:
        said = {"state": UnitState.RETURNED, "values": found.values, "grids": found.grids, "reason": "",
                "problems": stored_problems(found.problems)}  # fmt: skip
    else:
        said = {"state": UnitState.ATTACHED, "values": {}, "grids": {}, "problems": [],
                "reason": str(reason or UNREADABLE)[:600]}  # fmt: skip
    _put(unit, {**came, **said}, action="hand_in", actor=actor)
    return unit


def _refuse_other(unit: CollectionUnit, found: Filled | None) -> None:
    """A form that carries another unit's code is not filed here."""
    code = tidy(found.code) if found is not None else ""
    if len(code) == LENGTH and code != unit.code:
        raise Refusal(
            _("The number on this form is not the one of %(unit)s; nothing was filed.") % {"unit": unit.label},
            code="other-unit", field="file",
        )  # fmt: skip


def typed_in(form: BoundForm, typed: Mapping[str, str]) -> Filled:
    """What was typed, checked as the file's fields are."""
    return parsed(BoundForm(form.name, form.title, form.fields), Raw(typed, {}))


@transaction.atomic
def type_in(
    unit: CollectionUnit, typed: Mapping[str, str], *, actor: Actor | None, at: datetime | None = None
) -> CollectionUnit:
    """Type the fields of a form whose file could not be read, or correct those that were; rows of grids stay as read.

    Raises NotAllowed, Conflict (nothing came yet, accepted, closed), Refusal (a field that cannot be taken).
    """
    require_may_fill(unit, actor)
    if unit.returned_at is None:
        raise Conflict(_("Nothing was handed in yet; upload the form first."), code="nothing-there")
    filled = typed_in(form_offer(unit.collection.form).form, typed)
    if filled.problems:
        raise Refusal(_("Some fields cannot be taken; correct those marked."), code="fields")
    left = [problem for problem in unit.problems if problem["grid"]]
    columns = {"state": UnitState.RETURNED, "values": filled.values, "problems": left, "typed": True, "reason": ""}
    _put(unit, columns, action="type_in", actor=actor)
    return unit
