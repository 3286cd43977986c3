"""Keeping data without using them: which part of whose data rests, since when and why (PIPL Art. 47, last sentence)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from linli.kernel.contributions.kinds import Person, Text
from linli.kernel.privacy.models import Frozen


def freeze(part: str, owner: UUID, *, reason: str, at: datetime | None = None) -> bool:
    """Let the ``part`` (the name of a PersonalData) of ``owner`` rest. False when it rests already."""
    columns = {"reason": reason, "frozen_at": at or timezone.now()}
    return Frozen.objects.get_or_create(part=part, owner=owner, defaults=columns)[1]


def unfreeze(part: str, owner: UUID) -> bool:
    """Let it be used again. False when it was in use."""
    return bool(Frozen.objects.filter(part=part, owner=owner).delete()[0])


def frozen(part: str) -> QuerySet[Frozen, UUID]:
    """Owners whose ``part`` rests, as a subquery: ``rows.exclude(pk__in=frozen("people.roster"))``."""
    return Frozen.objects.filter(part=part).order_by().values_list("owner", flat=True)


def is_frozen(part: str, owner: UUID | None) -> bool:
    """Whether this part of this owner's data rests."""
    return owner is not None and Frozen.objects.filter(part=part, owner=owner).exists()


def parts_at_rest(owners: Iterable[UUID | None]) -> set[str]:
    """Names of the parts that rest for any of these owners; one query."""
    known = [owner for owner in owners if owner is not None]
    return set(Frozen.objects.filter(owner__in=known).values_list("part", flat=True))


def freezes(part: str, why: Text = "") -> Callable[[Person, str], Text]:
    """The ``freeze`` of a PersonalData whose lists leave out the owners of :func:`frozen`; ``why`` is told with it."""

    def act(person: Person, reason: str) -> Text:
        for owner in (person.user_id, person.person_id):
            if owner is not None:
                freeze(part, owner, reason=reason)
        return why

    return act


def unfreezes(part: str) -> Callable[[Person], None]:
    """The ``unfreeze`` beside :func:`freezes`."""

    def act(person: Person) -> None:
        for owner in (person.user_id, person.person_id):
            if owner is not None:
                unfreeze(part, owner)

    return act


def stays(why: Text) -> Callable[[Person, str], Text]:
    """The ``freeze`` of data that go on being used; ``why`` is the reason the person reads."""

    def act(person: Person, reason: str) -> Text:
        return why

    return act


def nothing_rests(person: Person) -> None:
    """The ``unfreeze`` beside :func:`stays`."""
