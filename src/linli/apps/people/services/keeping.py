"""What people keep no longer than needed: what the nightly round removes of each kind."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from linli.apps.people.models import Consent, DataRequest, Disclosure, IdentityProof, Person, Post, RequestState, User
from linli.apps.people.services.accounts import close_account
from linli.apps.people.services.persons import GONE, empty_person
from linli.kernel import files
from linli.kernel.scope import Role

A_NIGHT = 500
"""So many rows are emptied one by one in a night; the rest follow in the next."""


def close_unused(before: datetime) -> int:
    """Close accounts that residents opened, that were never proved and not signed in to since ``before``."""
    idle = Q(last_login__lt=before) | Q(last_login__isnull=True)
    opened = Post.objects.filter(role=Role.RESIDENT, started_on__lt=timezone.localdate(before), ended_on__isnull=True)
    others = Post.objects.exclude(role=Role.RESIDENT)
    rows = User.objects.filter(idle, is_active=True, is_demo=False, proofs__isnull=True)
    rows = rows.filter(pk__in=opened.values("user")).exclude(pk__in=others.values("user"))
    unused = list(rows[:A_NIGHT])
    for user in unused:
        close_account(user, actor=None)
    return len(unused)


def empty_departed(before: datetime) -> int:
    """Empty the rows of persons who left the roster before a moment."""
    gone = Person.objects.filter(left_on__lt=timezone.localdate(before), is_demo=False).exclude(name=GONE)
    departed = list(gone[:A_NIGHT])
    for person in departed:
        empty_person(person, actor=None)
    return len(departed)


def forget_proofs(before: datetime) -> int:
    """Proofs withdrawn before a moment."""
    return IdentityProof.objects.filter(withdrawn_at__lt=before).delete()[0]


def forget_requests(before: datetime) -> int:
    """Requests answered before a moment, with what is left of their copies."""
    rows = DataRequest.objects.filter(
        state__in=(RequestState.DONE, RequestState.REFUSED), decided_at__lt=before, export__isnull=True
    )
    return rows.delete()[0]


def forget_consents(before: datetime) -> int:
    """Consents withdrawn, with their scans, and passings-on made before a moment."""
    passed = Disclosure.objects.filter(passed_at__lt=before).delete()[0]
    used = Disclosure.objects.filter(consent__isnull=False).values("consent")
    rows = Consent.objects.filter(withdrawn_at__lt=before).exclude(pk__in=used)
    for scan in files.StoredFile.objects.filter(owner_kind="people.consent", owner_id__in=rows.values("pk")):
        files.forget(scan.pk)
    return passed + rows.delete()[0]
