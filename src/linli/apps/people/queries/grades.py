"""Reads of residents' accounts and of who on the roster one of them may be."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from linli.algorithms.personal_names import keys_of
from linli.apps.people.models import IdentityProof, Person, Post, User
from linli.apps.people.permissions import ROSTER_READERS
from linli.apps.people.queries.persons import persons_visible_to
from linli.kernel.errors import Refusal
from linli.kernel.privacy import PHONE, fingerprints, frozen
from linli.kernel.scope import Actor, Role


def residents_visible_to(actor: Actor | None) -> QuerySet[User]:
    """Open accounts of residents in the communities where the actor works, with ``known_as``: their grade today.

    Accounts whose data rest are left out.
    """
    if actor is None:
        return User.objects.none()
    today = timezone.localdate()
    here = Post.objects.filter(
        user=OuterRef("pk"),
        role=Role.RESIDENT,
        place__in=actor.reach(*ROSTER_READERS).places,
        ended_on__isnull=True,
    )
    counting = IdentityProof.objects.filter(
        Q(expires_on__isnull=True) | Q(expires_on__gte=today), user=OuterRef("pk"), withdrawn_at__isnull=True
    )
    best = counting.order_by("-grade").values("grade")[:1]  # of each row shown: an aggregate would read all accounts
    rows = User.objects.filter(Exists(here), is_active=True).exclude(pk__in=frozen("people.account"))
    return rows.annotate(known_as=Subquery(best))


def proofs_of(user: User) -> QuerySet[IdentityProof]:
    """Every proof of an account, the newest first, with its witness."""
    return IdentityProof.objects.filter(user=user).select_related("witness", "person")


def _prints(user: User) -> tuple[str, ...]:
    if not user.phone:
        return ()
    try:
        return fingerprints(PHONE, user.phone.for_machine(because="matching to the roster"))
    except Refusal:
        return ()


def likely_persons(user: User, *, actor: Actor) -> list[Person]:
    """Persons on the roster, of the actor's communities, of this name and with no account; at most ten.

    ``same_phone`` says whether the telephone agrees too; those come first.
    """
    namesakes = Person.objects.living().filter(name_key=keys_of(user.name).name_key, user__isnull=True)
    rows = persons_visible_to(actor, namesakes)
    found = list(rows.select_related("community")[:10])
    prints = set(_prints(user))
    for person in found:
        person.same_phone = bool(prints & {person.phone_print, person.landline_print})  # type: ignore[attr-defined]  # for the page
    return sorted(found, key=lambda person: not person.same_phone)  # type: ignore[attr-defined]  # set above


def is_same_person(user: User, person: Person, *, id_number: str = "") -> bool:
    """Same name, and the telephone or the document number agrees."""
    if keys_of(user.name).name_key != person.name_key or person.merged_into_id:
        return False
    by_phone = not user.claims_phone and bool(set(_prints(user)) & {person.phone_print, person.landline_print})
    return by_phone or bool(id_number.strip() and person.id_number.is_same_as(id_number))
