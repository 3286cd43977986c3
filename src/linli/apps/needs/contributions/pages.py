"""What needs show elsewhere: the menu, what waits on the desk's front page, and what moves with a post."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries, services
from linli.apps.needs.models import Need
from linli.apps.needs.permissions import DECIDERS, DISPATCHERS, reads_needs
from linli.kernel.contributions import NavItem, Task, TaskSource, declare_slot
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Ref, ref_of
from linli.kernel.scope import Actor

MOST = 50
VERBS: dict[str, tuple[str | Promise, str | Promise]] = {
    "analyse": (_("Analyse"), _("It came in")),
    "dispatch": (_("Dispatch"), _("It is analysed")),
    "accept": (_("Sign for it"), _("It was given to you or your unit")),
    "answer": (_("Answer"), _("It is being handled")),
    "rate": (_("Enter the call-back"), _("It is answered: ring and ask")),
}


def find_work(actor: Actor) -> Iterable[Task]:
    """Needs to analyse, dispatch, sign for, answer, and to ask about."""
    for work in queries.work_of(actor):
        verb, why = VERBS[work.verb]
        page = reverse("needs:need", args=[work.need.pk])
        yield Task(
            ref_of(work.need), work.need.title, page, str(verb), work.due, str(why), work.need.received_at,
            quiet=_quiet(work.need),
        )  # fmt: skip


def _quiet(need: Need) -> bool:
    """Whether nobody but whoever has it may read of it: on a slip others would."""
    return bool(need.about_kind or need.sensitivity)


def find_decisions(actor: Actor) -> Iterable[Task]:
    """Objections and requests for more time."""
    if actor.roles() & frozenset(DISPATCHERS):
        for row in queries.objections_to_decide(actor)[:MOST]:
            page = reverse("needs:objection", args=[row.need_id, row.pk])
            yield Task(
                ref_of(row.need), row.need.title, page, str(_("Decide the objection")), since=row.made_at,
                quiet=_quiet(row.need),
            )  # fmt: skip
    if actor.roles() & frozenset(DECIDERS):
        for one in queries.extensions_to_answer(actor)[:MOST]:
            page = reverse("needs:extension", args=[one.need_id, one.pk])
            yield Task(
                ref_of(one.need), one.need.title, page, str(_("Answer the request for more time")), since=one.asked_at,
                quiet=_quiet(one.need),
            )  # fmt: skip


def find_offers(actor: Actor) -> Iterable[Task]:
    """Needs the actor is asked to follow; the number alone, he may not see more yet."""
    for row in queries.offers_to_answer(actor)[:MOST]:
        page = reverse("needs:offer", args=[row.pk])
        yield Task(
            ref_of(row),
            row.need.number,
            page,
            str(_("Follow this need?")),
            since=row.offered_at,
            quiet=_quiet(row.need),
        )


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """What the giver follows or handles by name passes to the taker with the post (E14)."""
    keys = [ref.id for ref in refs if ref.kind == "needs.need"]
    with transaction.atomic():
        return services.succeed(giver, taker, keys, at=timezone.now())


def nothing_moves(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """The work belongs to the post, not to a person."""
    return 0


def contribute() -> None:
    """Declare the slot, enter the rest."""
    declare_slot("needs.need", budget=4)
    add(
        NavItem("needs", _("Needs"), "needs:needs", reads_needs, icon="message-circle", section="needs", order=10),
        TaskSource("needs.work", find_work, hand_over),
        TaskSource("needs.decisions", find_decisions, nothing_moves),
        TaskSource("needs.offers", find_offers, nothing_moves),
    )
