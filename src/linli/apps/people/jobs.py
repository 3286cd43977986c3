"""Who is told what became of a contact card, a request or an identity; and copies of data, prepared in peace.

An event brought twice tells once: its audit row is the key.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.people import queries, services
from linli.apps.people.models import (
    Absence,
    ContactCard,
    DataRequest,
    Handover,
    HandoverState,
    Post,
    RequestKind,
    Substitute,
)
from linli.apps.people.permissions import CHECKERS, KEEPERS_OF_RIGHTS, SIGNERS
from linli.apps.places.models import Place
from linli.apps.places.queries import sole_heir
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task
from linli.kernel.notices import notify
from linli.kernel.publication import PublicationState, publication_of
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role


def _card(event: Event) -> ContactCard:
    assert event.ref is not None  # every verb of a card names it
    return ContactCard.objects.select_related("community").get(pk=event.ref.id)


def _tell(event: Event, card: ContactCard, recipients: Iterable[UUID], sentence: Promise) -> None:
    """Write the sentence to everybody but the one who did it."""
    words = {"title": card.title, "community": card.community.name, "reason": event.facts.get("reason") or ""}
    with override(settings.LANGUAGE_CODE):
        text = str(sentence) % words
    notify(
        [one for one in recipients if one != event.actor_id],
        kind=event.action,
        text=text,
        actor=None,
        ref=ref_of(card),
        dedupe=str(event.row),
        at=datetime.fromisoformat(event.at),
    )


@hears("people.contact_card.submit")
def tell_checkers(event: Event) -> None:
    """The secretaries of the community, while the card still waits for them."""
    card = _card(event)
    row = publication_of(card)
    if row.state == PublicationState.SUBMITTED:
        checkers = set(queries.holders(CHECKERS, card.community)) - {row.author_id}
        _tell(event, card, sorted(checkers), _("%(community)s: the card “%(title)s” waits for your check."))


@hears("people.contact_card.check")
def tell_signers(event: Event) -> None:
    """The officers of the street, while the card still waits for them."""
    card = _card(event)
    row = publication_of(card)
    if row.state == PublicationState.CHECKED:
        signers = set(queries.holders(SIGNERS, card.community)) - {row.author_id, row.checker_id}
        _tell(event, card, sorted(signers), _("%(community)s: the card “%(title)s” waits for your sign-off."))


@hears("people.contact_card.send_back")
def tell_author_why(event: Event) -> None:
    """The author, with the reason."""
    card = _card(event)
    _tell(event, card, [card.author_id], _("Your card “%(title)s” was sent back: %(reason)s"))


@hears("people.contact_card.sign_off")
def tell_it_is_public(event: Event) -> None:
    """Author and checker."""
    card = _card(event)
    row = publication_of(card)
    passed = [person for person in (row.author_id, row.checker_id) if person]
    _tell(event, card, passed, _("%(community)s: the card “%(title)s” was signed off and is public."))


@hears("people.contact_card.withdraw")
def tell_author_it_is_gone(event: Event) -> None:
    """The author, who may take it up again."""
    card = _card(event)
    _tell(event, card, [card.author_id], _("Your card “%(title)s” was withdrawn from public view."))


@task(title=_("Prepare a copy of my data"), atomic=False)
def prepare_export(export_id: str) -> bool:
    """Whether this call wrote the files; a person's own request is then done by the clock."""
    made = services.make_files(UUID(export_id))
    request = DataRequest.objects.get(export=UUID(export_id))
    if made and request.user_id is not None and request.asked_by_id == request.user_id:
        services.finish(request, answer="", actor=None)
    return made


def _tell_of(event: Event, request: DataRequest, recipients: Iterable[UUID | None], sentence: Promise) -> None:
    with override(settings.LANGUAGE_CODE):
        text = str(sentence) % {"request": request.get_kind_display()}
    notify(
        [one for one in recipients if one is not None and one != event.actor_id],
        kind=event.action,
        text=text,
        actor=None,
        ref=ref_of(request),
        dedupe=str(event.row),
        at=datetime.fromisoformat(event.at),
    )


def _data_request(event: Event) -> DataRequest:
    assert event.ref is not None  # every verb of a request names it
    return DataRequest.objects.select_related("community").get(pk=event.ref.id)


@hears("people.data_request.ask")
def tell_keepers(event: Event) -> None:
    """The security administrators of the place; a copy makes itself."""
    request = _data_request(event)
    if request.kind != RequestKind.EXPORT or request.asked_by_id != request.user_id:
        keepers = queries.holders(KEEPERS_OF_RIGHTS, request.community) if request.community else ()
        _tell_of(event, request, keepers, _("Somebody asks about the own data: %(request)s."))


@hears("people.data_request.finish")
def tell_it_is_done(event: Event) -> None:
    """Whoever asked."""
    request = _data_request(event)
    _tell_of(event, request, {request.user_id, request.asked_by_id}, _("What you asked is done: %(request)s."))


@hears("people.data_request.refuse")
def tell_it_is_refused(event: Event) -> None:
    """Whoever asked; the reasons stand in “my data”."""
    request = _data_request(event)
    people = {request.user_id, request.asked_by_id}
    _tell_of(event, request, people, _("What you asked was refused, with reasons: %(request)s."))


@hears("people.identity.refuse")
def tell_no_match(event: Event) -> None:
    """The resident, with the reason."""
    assert event.ref is not None  # the verb names the account
    with override(settings.LANGUAGE_CODE):
        text = str(_("You were not matched to the roster: %(reason)s")) % {"reason": event.facts.get("reason") or ""}
    notify(
        [event.ref.id], kind=event.action, text=text, actor=None, ref=event.ref, dedupe=str(event.row),
        at=datetime.fromisoformat(event.at),
    )  # fmt: skip


def _tell_people(people: Iterable[UUID], kind: str, sentence: Any, row: Any, *, dedupe: str, at: datetime) -> None:
    with override(settings.LANGUAGE_CODE):
        text = str(sentence)
    notify(list(people), kind=kind, text=text, actor=None, ref=ref_of(row), dedupe=dedupe, at=at)


@periodic(daily(7, 30))
@task(title="提醒任期将满")
def remind_of_terms() -> int:
    """Tell holder and administrators once of every term that runs out within thirty days; how many posts."""
    now = timezone.now()
    rows = queries.ending_terms(
        timezone.localdate(now), Post.objects.select_related("user", "place", "organization__place")
    )
    found = list(rows)
    for post in found:
        place = post.place or (post.organization.place if post.organization else None)
        above = set(queries.holders([Role.SYSTEM_ADMINISTRATOR], place)) if place else set()
        words = {
            "name": post.user.name,
            "role": post.get_role_display(),
            "where": str(post.where),
            "day": f"{post.term_ends_on:%Y-%m-%d}",
        }
        sentence = _(
            "The term of %(name)s as %(role)s of %(where)s runs until %(day)s. Renew it, or prepare a handover."
        )
        key = f"{post.pk}:{post.term_ends_on}"
        _tell_people({post.user_id, *above}, "people.post.term", sentence % words, post, dedupe=key, at=now)
    return len(found)


def _slip(event: Event) -> Handover:
    assert event.ref is not None  # every verb of a slip names it
    return Handover.objects.get(pk=event.ref.id)


@hears("people.handover.draw_up", "people.handover.confirm")
def tell_who_signs_next(event: Event) -> None:
    """The taker of a new slip, the witness of a confirmed one, while it still waits for them."""
    slip = _slip(event)
    waits = {
        ("people.handover.draw_up", HandoverState.DRAFTED): slip.taker_id,
        ("people.handover.confirm", HandoverState.CONFIRMED): slip.witness_id,
    }
    signer = waits.get((event.action, HandoverState(slip.state)))
    if signer is not None and signer != event.actor_id:
        sentence = _("The handover “%(title)s” waits for your signature.") % {"title": slip.title}
        _tell_people(
            [signer], "people.handover", sentence, slip, dedupe=str(event.row), at=datetime.fromisoformat(event.at)
        )


@hears("people.absence.enter")
def tell_the_substitutes(event: Event) -> None:
    """Those who act meanwhile, while the absence stands."""
    assert event.ref is not None  # the verb names the absence
    row = Absence.objects.select_related("user").filter(pk=event.ref.id, called_off_at__isnull=True).first()
    if row is None:
        return
    during = Q(valid_to__isnull=True) | Q(valid_to__gt=row.first_day)
    arranged = Substitute.objects.filter(during, holder=row.user, valid_from__lte=row.last_day)
    people = set(arranged.filter(post__ended_on__isnull=True).values_list("deputy_id", flat=True)) - {event.actor_id}
    words = {"name": row.user.name, "first": f"{row.first_day:%Y-%m-%d}", "last": f"{row.last_day:%Y-%m-%d}"}
    sentence = _("%(name)s is away from %(first)s to %(last)s: you act for this person on these days.") % words
    _tell_people(people, "people.absence", sentence, row, dedupe=str(event.row), at=datetime.fromisoformat(event.at))


@hears("places.place.merge", "places.place.split")
def follow_the_place(event: Event) -> None:
    """Where exactly one place succeeds it, posts, roster and cards go along; else people go with their houses."""
    assert event.ref is not None  # both verbs name the place
    place = Place.objects.get(pk=event.ref.id)
    heir = sole_heir(place)
    if heir is not None and place.valid_to is not None:
        services.posts_follow(place, heir, on=place.valid_to)
        services.persons_follow(place, heir, on=place.valid_to, actor=None)
        services.cards_follow(place, heir, on=place.valid_to)
    else:
        services.persons_follow_houses(place)
