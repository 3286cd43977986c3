"""Entering how many members were counted on a day: numbers with a source; nobody is named."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import MemberCount, Organization, PartyOrganization
from linli.apps.organizations.permissions import keeps_party
from linli.apps.organizations.rubric import count_kinds
from linli.apps.organizations.services.keeping import not_ahead, require, said
from linli.apps.places.models import Place
from linli.kernel.audit import Change
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST = 1_000_000


def count_members(
    holder: PartyOrganization | Organization | Place,
    *,
    counts: Mapping[str, int | None],
    as_of: date,
    source: str,
    actor: Actor | None,
    at: datetime | None = None,
) -> list[MemberCount]:
    """The ``counts`` (kind -> how many; None: not counted) of ``holder`` on ``as_of``; those of that day are corrected.

    Refuses a day to come, an unknown kind, and a table without any number.
    """
    require(keeps_party, actor, holder)
    not_ahead(as_of, at, "as_of")
    given = {kind: number for kind, number in counts.items() if number is not None}
    if not given:
        raise Refusal(_("Enter at least one number."), field="full")
    for kind, number in given.items():
        if kind not in count_kinds():
            raise Refusal(_("There is no such kind of count."))
        if not 0 <= number <= MOST:
            raise Refusal(_("A number lies between 0 and 1,000,000."), field=kind)
    source = said(source, "source", _("Say where this stands written."))
    column = column_of(holder)
    rows = [
        MemberCount(**{column: holder}, kind=kind, count=number, as_of=as_of, source=source)
        for kind, number in given.items()
    ]
    with transaction.atomic():
        there = MemberCount.objects.filter(**{column: holder}, as_of=as_of, kind__in=given)
        before = _in_words(there)
        there.delete()
        MemberCount.objects.bulk_create(rows)
        told = _in_words(rows)
        facts: dict[str, Any] = {"counts": Change(before, told) if before else told, "day": as_of, "source": source}
        record("organizations.member_count.count", holder, actor=actor, facts=facts, at=at)
    return rows


def _in_words(rows: Iterable[MemberCount]) -> str:
    return "、".join(f"{row.title}{row.count}" for row in rows)


def column_of(holder: PartyOrganization | Organization | Place) -> str:
    """The column of a count that names its holder."""
    return {PartyOrganization: "party", Organization: "organization", Place: "place"}[type(holder)]
