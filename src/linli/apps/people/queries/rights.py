"""Reads of what is kept about a person over all apps, and of what people ask about it."""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from linli.apps.people.models import DataExport, DataRequest, RequestState, User
from linli.apps.people.permissions import KEEPERS_OF_RIGHTS, ROSTER_READERS
from linli.kernel.contributions import Person as Subject
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.privacy import Retention, parts_at_rest, retention_of
from linli.kernel.scope import Actor, IdentityGrade, holds_everywhere

MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T.*[+-]\d{2}:\d{2}$")
OPEN = (RequestState.ASKED, RequestState.IN_WORK)


@dataclass(frozen=True)
class Kept:
    """What one part of the house keeps about one person."""

    part: PersonalData
    count: int
    rows: list[dict[str, Any]]
    frozen: bool

    @property
    def title(self) -> str | Promise:
        return self.part.title

    @property
    def lines(self) -> list[dict[str, str]]:
        """The rows as people read them: moments by the clock on the wall, yes and no in words."""
        return [{word: _said(value) for word, value in row.items()} for row in self.rows]

    @property
    def retention(self) -> Retention | None:
        return retention_of(self.part.retention)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    text = "" if value is None else str(value)
    moment = parse_datetime(text) if MOMENT.match(text) else None
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment is not None else text


def subject_of(user: User | None, person_id: UUID | None = None, *, reader: UUID | None = None) -> Subject:
    """Whose data are meant, and who else reads them. The roster's row belongs to an account only after a match."""
    along = None if user is not None and user.pk == reader else reader
    if user is None:
        return Subject(person_id=person_id, reader=along)
    matched = user.person_id if user.grade >= IdentityGrade.ROSTER else None
    return Subject(user_id=user.pk, person_id=person_id or matched, reader=along)


def subject_of_request(request: DataRequest, *, reader: UUID | None = None) -> Subject:
    """Whose data a request is about, as ``reader`` may see them (None: the house itself, which erases)."""
    return subject_of(request.user, request.person_id, reader=reader)


def kept_about(subject: Subject) -> list[Kept]:
    """Everything kept about one person, part by part; parts that keep nothing are left out."""
    resting = parts_at_rest((subject.user_id, subject.person_id))
    found = []
    for part in contributions(PersonalData):
        count = part.find(subject)
        if count:
            found.append(Kept(part, count, part.export(subject), part.name in resting))
    return found


def requests_of(user: User) -> QuerySet[DataRequest]:
    """What one account asked, the newest first."""
    return DataRequest.objects.filter(user=user).select_related("export", "decided_by").order_by("-asked_at", "-id")


def requests_visible_to(actor: Actor | None, rows: QuerySet[DataRequest] | None = None) -> QuerySet[DataRequest]:
    """One's own, those one entered for somebody, and for the security administrator those of his places."""
    rows = DataRequest.objects.all() if rows is None else rows
    if actor is None:
        return rows.none()
    mine = Q(user=actor.actor_id) | Q(asked_by=actor.actor_id, community__in=actor.reach(*ROSTER_READERS).places)
    return rows.filter(mine | Q(community__in=actor.reach(*KEEPERS_OF_RIGHTS).places) | _of_the_district(actor))


def _of_the_district(actor: Actor) -> Q:
    """Requests of accounts at home nowhere, for whoever answers for the whole district."""
    whole = holds_everywhere(actor, *KEEPERS_OF_RIGHTS)
    return Q(community__isnull=True) if whole else Q(pk__in=[])


def requests_to_answer(actor: Actor) -> QuerySet[DataRequest]:
    """Open requests this security administrator answers, the oldest first."""
    here = Q(community__in=actor.reach(*KEEPERS_OF_RIGHTS).places) | _of_the_district(actor)
    rows = DataRequest.objects.filter(here, state__in=OPEN).exclude(user=actor.actor_id)
    return rows.select_related("user", "person", "community").order_by("asked_at", "id")


def exports_visible_to(actor: Actor | None, rows: QuerySet[DataExport] | None = None) -> QuerySet[DataExport]:
    """Copies this account may fetch, as long as they have not expired."""
    rows = DataExport.objects.all() if rows is None else rows
    return rows.none() if actor is None else rows.filter(reader=actor.actor_id, expires_at__gt=timezone.now())
