"""The verbs of whoever collects: open, remind, accept, send back, close."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from linli.kernel import events
from linli.kernel.contributions import FormOffer
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices import notify
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Anchor
from linli.kernel.scope.actors import Actor
from linli.kernel.slips.codes import new_code
from linli.kernel.tables.collecting.offers import form_offer
from linli.kernel.tables.collecting.records import OWED, TO_CHECK, Collection, CollectionUnit, UnitState

MOST = 2000


def require_keeps(collection: Collection, actor: Actor | None) -> FormOffer:
    """The offer of the collection. Raises NotAllowed unless the actor keeps it."""
    offer = form_offer(collection.form)
    if not offer.keeps(actor, collection):
        raise NotAllowed(_("Only who may open this collection does this."))
    return offer


def _codes(count: int) -> list[str]:
    """So many codes that no unit has."""
    fresh: dict[str, None] = {}
    while len(fresh) < count:
        fresh.setdefault(new_code())
    taken = set(CollectionUnit.objects.filter(code__in=list(fresh)).values_list("code", flat=True))
    return [*(code for code in fresh if code not in taken), *(_codes(len(taken)) if taken else ())]


@transaction.atomic
def open_collection(
    form: str,
    *,
    title: str,
    place: UUID,
    due_at: datetime,
    actor: Actor | None,
    note: str = "",
    about: Ref | None = None,
    units: Sequence[tuple[Anchor, str]] | None = None,
    at: datetime | None = None,
) -> Collection:
    """Ask the form of every unit the offer names (or of ``units``) by ``due_at``; the responsible are told.

    Raises NotAllowed, Missing (no such form), Refusal (no title, no unit, due in the past).
    """
    moment = at or timezone.now()
    collection = Collection(
        form=form, title=title.strip()[:120], note=note.strip()[:600], place_id=place, due_at=due_at,
        about_kind=about.kind if about else "", about_id=about.id if about else None, opened_at=moment,
        opened_by=actor.actor_id if actor else None,
    )  # fmt: skip
    offer = require_keeps(collection, actor)
    if not collection.title:
        raise Refusal(_("Give the collection a title."), field="title")
    if due_at <= moment:
        raise Refusal(_("The day by which it is due lies ahead."), code="due", field="due_on")
    owing = list(dict(offer.units(place, about) if units is None else units).items())
    if not 1 <= len(owing) <= MOST:
        raise Refusal(_("Nobody here has to hand in this form."), code="no-units", field="units")
    collection.save(force_insert=True)
    made = CollectionUnit.objects.bulk_create(
        CollectionUnit(
            collection=collection, label=label[:120], code=code, place_id=anchor.place,
            organization_id=anchor.organization,
        )
        for (anchor, label), code in zip(owing, _codes(len(owing)), strict=True)
    )  # fmt: skip
    facts = {"title": collection.title, "units": len(made), "due": _words(collection)["due"]}
    events.record("tables.collection.open", collection, actor=actor, facts=facts)
    text = _("“%(title)s” is due by %(due)s: fill in the form and hand it in.") % _words(collection)
    for unit in made:
        _tell(offer, unit, "tables.collection.open", text, actor=actor, at=moment)
    return collection


def _words(collection: Collection) -> dict[str, Any]:
    return {"title": collection.title, "due": date_format(timezone.localtime(collection.due_at), "Y-m-d H:i")}


def _tell(offer: FormOffer, unit: CollectionUnit, kind: str, text: Any, **given: Any) -> None:
    notify(offer.responsible(unit.anchor), kind=kind, text=text, ref=ref_of(unit), **given)


@transaction.atomic
def remind(
    collection: Collection, *, actor: Actor | None, only: CollectionUnit | None = None, at: datetime | None = None
) -> int:
    """Tell the responsible of every unit that owes its form (or of ``only`` one); at most once a day and unit.

    Returns how many units were reminded. Raises NotAllowed, Conflict (closed), Refusal (nobody left to remind today).
    """
    offer = require_keeps(collection, actor)
    _require_open(collection)
    moment = at or timezone.now()
    today = timezone.localtime(moment).date()
    owing = collection.units.filter(state__in=OWED)
    owing = owing.filter(pk=only.pk) if only else owing
    not_today = Q(reminded_on__isnull=True) | Q(reminded_on__lt=today)
    text = _("Reminder: “%(title)s” is due by %(due)s and has not come yet.") % _words(collection)
    count = 0
    for unit in owing.filter(not_today).order_by("id"):
        mine = CollectionUnit.objects.filter(not_today, pk=unit.pk, state__in=OWED)
        if mine.update(reminded_on=today, reminders=F("reminders") + 1):
            key = f"{unit.pk}:{today}"
            _tell(offer, unit, "tables.collection.remind", text, actor=actor, dedupe=key, at=moment)
            count += 1
    if not count:
        raise Refusal(_("Nobody is left to remind today: a unit is reminded once a day."), code="reminded")
    events.record("tables.collection.remind", collection, actor=actor, facts={"units": count})
    return count


def _require_open(collection: Collection) -> None:
    if collection.closed_at is not None:
        raise Conflict(_("The collection is closed; nothing was changed."), code="closed")


def _answer(unit: CollectionUnit, states: Iterable[UnitState], columns: dict[str, Any]) -> None:
    """Move a unit by compare-and-set. Raises Conflict with its state."""
    moved = CollectionUnit.objects.filter(pk=unit.pk, state__in=states, file_id=unit.file_id).update(**columns)
    unit.refresh_from_db()
    if not moved:
        state = unit.get_state_display()
        raise Conflict(_("The form of %(unit)s is %(state)s now; look again.") % {"unit": unit.label, "state": state})


@transaction.atomic
def accept(unit: CollectionUnit, *, actor: Actor | None) -> CollectionUnit:
    """Accept a form without problems; the app takes it over in the same transaction.

    Raises NotAllowed, Conflict (not handed in, changed meanwhile), Refusal (problems left, or the app's own).
    """
    offer = require_keeps(unit.collection, actor)
    if unit.problems:
        raise Refusal(_("Some fields cannot be taken; correct them or send the form back."), code="problems")
    _answer(unit, [UnitState.RETURNED], {"state": UnitState.ACCEPTED})
    offer.take(unit.values, unit.grids, unit, actor)
    events.record("tables.collection_unit.accept", unit, actor=actor, facts={"unit": unit.label})
    return unit


@transaction.atomic
def send_back(unit: CollectionUnit, *, reason: str, actor: Actor | None, at: datetime | None = None) -> CollectionUnit:
    """Give a form back with what is to be corrected; the responsible are told. Raises NotAllowed, Conflict, Refusal."""
    offer = require_keeps(unit.collection, actor)
    said = reason.strip()[:600]
    if not said:
        raise Refusal(_("Say what is to be corrected."), code="reason", field="reason")
    _require_open(unit.collection)
    _answer(unit, TO_CHECK, {"state": UnitState.SENT_BACK, "reason": said})
    events.record("tables.collection_unit.send_back", unit, actor=actor, facts={"unit": unit.label, "reason": said})
    text = _("“%(title)s” was sent back: %(reason)s") % {"title": unit.collection.title, "reason": said}
    _tell(offer, unit, "tables.collection.send_back", text, actor=actor, at=at)
    return unit


@transaction.atomic
def close(collection: Collection, *, actor: Actor | None, at: datetime | None = None) -> Collection:
    """End a collection: nothing is handed in any more; what came can still be accepted. Raises NotAllowed, Conflict."""
    require_keeps(collection, actor)
    open_one = Collection.objects.filter(pk=collection.pk, closed_at__isnull=True)
    moved = open_one.update(closed_at=at or timezone.now())
    collection.refresh_from_db()
    if not moved:
        raise Conflict(_("The collection is closed; nothing was changed."), code="closed")
    left = collection.units.filter(state__in=OWED).count()
    events.record("tables.collection.close", collection, actor=actor, facts={"left": left})
    return collection
