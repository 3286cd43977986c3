"""Founding party organizations, changing what they are or stand under, ending them; the tree keeps no loop."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization, PartyKind, PartyOrganization, PartyStatus
from linli.apps.organizations.permissions import keeps_party
from linli.apps.organizations.rubric import stands_under
from linli.apps.organizations.services.keeping import not_ahead, require, said
from linli.apps.places.models import Place
from linli.kernel import audit, search
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

KEEP: Any = object()
"""The parent stays what it is."""
TREE = ("name", "kind", "parent")
"""What a change changes."""
TAKEN = _("There is a party organization with this name at this place already.")


def found_party(
    *,
    name: str,
    kind: str,
    valid_from: date,
    source: str,
    actor: Actor | None,
    place: Place | None = None,
    organization: Organization | None = None,
    parent: PartyOrganization | None = None,
    elected_on: date | None = None,
    is_demo: bool = False,
    at: datetime | None = None,
) -> PartyOrganization:
    """A new party organization at ``place``, or of ``organization`` at its seat, with its first status.

    Refuses a kind that does not stand under its parent, a day to come, and a name taken at the place.
    """
    seat = organization.place if organization else place
    if seat is None:
        raise Refusal(_("Name the place or the organization it belongs to."), field="place")
    party = PartyOrganization(
        name=said(name, "name", _("Write the name of the party organization.")),
        kind=kind, place=seat, organization=organization, parent=parent, elected_on=elected_on,
        valid_from=valid_from, is_demo=is_demo,
    )  # fmt: skip
    require(keeps_party, actor, party)
    _check(party, parent, on=valid_from, at=at)
    source = said(source, "source", _("Say where this stands written."))
    try:
        with transaction.atomic():
            party.save(force_insert=True)
            _write_status(party, valid_from, source)
            facts = {"name": party.name, "kind": audit.told(party, "kind"), "day": valid_from, "source": source}
            record("organizations.party_organization.found", party, actor=actor, facts=facts, at=at)
            search.index(party)
    except IntegrityError as error:
        raise Refusal(TAKEN, field="name") from error
    return party


def change_party(
    party: PartyOrganization,
    *,
    on: date,
    source: str,
    actor: Actor | None,
    name: str = "",
    kind: str = "",
    parent: PartyOrganization | None = KEEP,
    at: datetime | None = None,
) -> PartyOrganization:
    """From ``on`` it has another name, is of another kind or stands under another; the status before ends that day.

    Refuses a day not after the last change, a change of nothing, a loop, and a kind its parent or children forbid.
    """
    require(keeps_party, actor, party)
    source = said(source, "source", _("Say where this stands written."))
    not_ahead(on, at)
    _require_open(party)
    with transaction.atomic():
        now = _locked(party, [] if parent is KEEP else [parent])
        wanted = {
            "name": " ".join(name.split()) or now.name,
            "kind": kind or now.kind,
            "parent": now.parent if parent is KEEP else parent,
        }
        if all(getattr(now, key) == value for key, value in wanted.items()):
            raise Refusal(_("Nothing would change. Choose another name, kind or place in the tree."), field="name")
        for key, value in wanted.items():
            setattr(party, key, value)
        _check(party, party.parent, on=on, at=at)
        _check_children(party)
        last = party.statuses.get(valid_to__isnull=True)
        if on <= last.valid_from:
            raise Refusal(
                _("The last change was on %(day)s: choose a later day.") % {"day": last.valid_from}, field="on"
            )
        _write(party, last, audit.seen(now, TREE), on=on, source=source, actor=actor, at=at)
    return party


def _write(
    party: PartyOrganization,
    last: PartyStatus,
    before: dict[str, Any],
    *,
    on: date,
    source: str,
    actor: Actor | None,
    at: datetime | None,
) -> None:
    try:
        with transaction.atomic():
            PartyOrganization.objects.filter(pk=party.pk).update(
                name=party.name, kind=party.kind, parent=party.parent, version=F("version") + 1
            )
            PartyStatus.objects.filter(pk=last.pk).update(valid_to=on)
            _write_status(party, on, source)
            facts = {"day": on, "source": source, **audit.changes(before, audit.seen(party, TREE))}
            record("organizations.party_organization.change", party, actor=actor, facts=facts, at=at)
            search.index(party)
    except IntegrityError as error:
        raise Refusal(TAKEN, field="name") from error
    party.refresh_from_db()


def elect(party: PartyOrganization, *, on: date, actor: Actor | None, at: datetime | None = None) -> None:
    """It elected its committee or secretary on ``on``; the term counts from that day. Who, is a post."""
    require(keeps_party, actor, party)
    not_ahead(on, at)
    _require_open(party)
    if on < party.valid_from:
        raise Refusal(_("It did not exist on this day yet."), field="on")
    with transaction.atomic():
        PartyOrganization.objects.filter(pk=party.pk).update(elected_on=on, version=F("version") + 1)
        record(
            "organizations.party_organization.elect",
            party,
            actor=actor,
            facts={"day": audit.Change(party.elected_on, on)},
            at=at,
        )
    party.refresh_from_db()


def end_party(
    party: PartyOrganization, *, on: date, reason: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """It exists no more from ``on``; its status and what it covers end with it. Its children must be gone before."""
    require(keeps_party, actor, party)
    reason = said(reason, "reason", _("Say why."))
    not_ahead(on, at)
    with transaction.atomic():
        party = _locked(party, [])
        _require_open(party)
        children = party.children.filter(valid_to__isnull=True).count()
        if children:
            raise Refusal(
                _("%(count)s party organizations still stand under it. Move or end them first.") % {"count": children}
            )
        latest = party.statuses.get(valid_to__isnull=True)
        if on <= max(latest.valid_from, party.valid_from):
            raise Refusal(_("The last day comes after the first one."), field="on")
        PartyOrganization.objects.filter(pk=party.pk).update(valid_to=on, version=F("version") + 1)
        party.statuses.filter(valid_to__isnull=True).update(valid_to=on)
        party.covers.filter(valid_to__isnull=True, valid_from__gte=on).delete()
        party.covers.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).update(valid_to=on)
        facts = {"day": audit.Change(None, on), "reason": reason}
        record("organizations.party_organization.end", party, actor=actor, facts=facts, at=at)


def _write_status(party: PartyOrganization, on: date, source: str) -> None:
    PartyStatus.objects.create(
        party=party, name=party.name, kind=party.kind, parent=party.parent, valid_from=on, source=source
    )


def _require_open(party: PartyOrganization) -> None:
    if party.valid_to is not None:
        raise Conflict(_("This has ended already."))


def _check(party: PartyOrganization, parent: PartyOrganization | None, *, on: date, at: datetime | None) -> None:
    """Kind, parent and day fit together."""
    not_ahead(on, at, "on" if party.version or party.statuses.exists() else "valid_from")
    if party.kind not in PartyKind.values:
        raise Refusal(_("There is no such kind of party organization."), field="kind")
    if parent is None:
        if party.kind == PartyKind.GROUP:
            raise Refusal(_("A party group stands under a branch: choose one."), field="parent")
        return
    if parent.valid_to is not None or parent.valid_from > on:
        raise Refusal(_("“%(name)s” does not exist on this day.") % {"name": parent.name}, field="parent")
    _require_rank(party.kind, parent)
    if party.pk in _above(parent):
        raise Refusal(
            _("“%(name)s” stands under it itself: that would be a loop.") % {"name": parent.name}, field="parent"
        )


def _check_children(party: PartyOrganization) -> None:
    for child in party.children.filter(valid_to__isnull=True):
        _require_rank(child.kind, party)


def _require_rank(kind: str, parent: PartyOrganization) -> None:
    if parent.kind not in stands_under(kind):
        titles = dict(PartyKind.choices)
        raise Refusal(
            _("%(kind)s does not stand under %(parent)s.")
            % {"kind": titles[PartyKind(kind)], "parent": titles[PartyKind(parent.kind)]},
            field="parent",
        )


def _above(party: PartyOrganization) -> set[UUID]:
    """``party`` and all it stands under today. One query a level."""
    found: set[UUID] = set()
    row: PartyOrganization | None = party
    while row is not None and row.pk not in found:
        found.add(row.pk)
        row = PartyOrganization.objects.filter(children=row).first()
    return found


def _locked(party: PartyOrganization, parents: Iterable[PartyOrganization | None]) -> PartyOrganization:
    """``party`` as it stands once nobody else moves it or what is above it: an UPDATE of those rows holds them."""
    held = {party.pk}
    for parent in parents:
        held |= _above(parent) if parent is not None else set()
    PartyOrganization.objects.filter(pk__in=held).update(version=F("version"))
    return PartyOrganization.objects.select_related("parent").get(pk=party.pk)
