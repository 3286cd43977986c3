"""Analysing: what a need is about and by which route it goes; joining what is the same, splitting what is several."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.lifecycle import NEEDS
from linli.apps.needs.models import OPEN, Category, Duty, Need, NeedState, Route
from linli.apps.needs.permissions import analyses
from linli.apps.needs.queries.wall import account_of
from linli.apps.needs.services import clocks
from linli.apps.needs.services.keeping import keep_findable, moment, require, said, touch
from linli.apps.needs.services.receiving import receive
from linli.apps.needs.services.shape import ContactText, Received
from linli.apps.needs.services.suggesting import note_choice
from linli.apps.people.models import User
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import Ref
from linli.kernel.scope import Actor


def analyse(
    need: Need,
    *,
    category: Category,
    route: str,
    actor: Actor | None,
    by_rules: bool = True,
    at: datetime | None = None,
) -> None:
    """Say what it is about and by which route it goes; then the first routing rule that matches dispatches it.

    The official limit becomes the category's, counted from when the need came in; a ticket keeps its own. Whoever
    analyses a sensitive matter in which nobody is named follows it by name.
    """
    from linli.apps.needs.services.routing import dispatch_by_rules  # dispatching reads what analysing wrote

    when = moment(at)
    _usable(category)
    chosen = Route(route)
    with transaction.atomic():
        facts = {"category": category.name, "route": chosen.label}
        NEEDS.apply(
            "analyse", need, actor=actor, facts=facts, at=when, category=category, route=chosen, analysed_at=when,
            sensitivity=category.sensitivity, promised=_promise(need, category),
        )  # fmt: skip
        _settle(need, category, actor)
        if actor is not None:
            note_choice(need, category, at=when)
        if by_rules and not need.sensitivity and not need.about_kind:
            dispatch_by_rules(need, at=when)


def _usable(category: Category) -> None:
    if not Category.objects.filter(pk=category.pk, is_active=True).exists():
        raise Refusal(_("This category is no longer in use. Choose another."), field="category", code="switched-off")


def _promise(need: Need, category: Category) -> datetime | None:
    """The category's limit from when the need came in; the own limit of a ticket or case stands."""
    if need.channel in ("ticket", "grid"):
        return need.promised
    return clocks.official_due(category.limit, need.received_at, street=need.street_id)


def _settle(need: Need, category: Category, actor: Actor | None) -> None:
    """Clock, owner and search follow the category."""
    if need.promised is not None:
        clocks.correct_official(need, need.promised)
    if category.sensitivity:
        _name_owner(need, actor)
    keep_findable(need)


def _name_owner(need: Need, actor: Actor | None) -> None:
    account = account_of(actor) if actor is not None else None
    rows = need.assignments.filter(duty=Duty.OWNER, until__isnull=True, user__isnull=True)
    if isinstance(account, User):
        rows.update(user=account)


def correct_category(need: Need, *, category: Category, actor: Actor | None, at: datetime | None = None) -> None:
    """Another category than was thought first, while the need is being handled."""
    require(analyses, actor, need)
    _usable(category)
    if need.state not in (NeedState.ANALYSED, NeedState.HANDLING) or need.category is None:
        raise Conflict(_("The category is set while a need is analysed or handled."), code="state")
    if need.category_id == category.pk:
        return
    when, before = moment(at), need.category.name
    with transaction.atomic():
        touch(need, category=category, sensitivity=category.sensitivity, promised=_promise(need, category))
        _settle(need, category, actor)
        note_choice(need, category, at=when)
        facts = {"before": before, "after": category.name}
        record("needs.need.correct_category", need, actor=actor, facts=facts, at=when)


def join(need: Need, *, into: Need, actor: Actor | None, at: datetime | None = None) -> None:
    """The same matter as another: it is answered there once, and everybody is told. What was joined to it moves too."""
    when = moment(at)
    into.refresh_from_db()
    _same(need, into)
    require(analyses, actor, into)
    with transaction.atomic():
        NEEDS.apply("join", need, actor=actor, facts={"into": into.number}, at=when, joined_to=into)
        Need.objects.filter(joined_to=need).update(joined_to=into)
        clocks.stop(need, *clocks.CLOCKS, at=when)
        record("needs.need.take_in", into, actor=actor, facts={"number": need.number}, at=when)


def _same(need: Need, into: Need) -> None:
    if need.pk == into.pk:
        raise Refusal(_("A need is not joined to itself."), field="into")
    if need.street_id != into.street_id:
        raise Refusal(_("Both needs belong to one street."), field="into")
    if into.state not in (*OPEN, NeedState.ANSWERED):
        raise Refusal(_("That need is finished. Join to one that is open."), field="into", code="finished")
    if (need.about_kind, need.about_id, need.sensitivity) != (into.about_kind, into.about_id, into.sensitivity):
        raise Refusal(_("What only named people may see is not joined to what others see."), field="into", code="wall")


def take_apart(need: Need, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """It was not the same after all: the need stands for itself again, with its own limit."""
    when, why = moment(at), reason.strip()
    into = need.joined_to.number if need.joined_to else ""
    with transaction.atomic():
        NEEDS.apply("part", need, actor=actor, facts={"reason": why, "into": into}, at=when, joined_to=None)
        if need.promised is not None:
            clocks.start_official(need, need.promised, at=when)
        clocks.start(need, clocks.SIGN_FOR, at=when)


def split(need: Need, *, matters: Sequence[str], actor: Actor | None, at: datetime | None = None) -> list[Received]:
    """Several matters in one word: each becomes a need of its own with the same contact; this one stays the first.

    Out of a complaint or a sensitive matter come such: what stood behind the wall stays there.
    """
    require(analyses, actor, need)
    when = moment(at)
    texts = [said(one, "matters", _("Say what it is about.")) for one in matters]
    if need.state not in OPEN or not texts:
        raise Refusal(_("Only an open need is split, into at least one more."), field="matters")
    with transaction.atomic():
        found = [
            receive(
                street=need.street, place=need.place, matter=text, channel=need.channel, contact=_contact(need),
                actor=actor, at=when, is_demo=need.is_demo, about=_about(need),
                category=need.category if need.sensitivity else None,
            )
            for text in texts
        ]  # fmt: skip
        Need.objects.filter(pk__in=[one.need.pk for one in found]).update(split_from=need)
        facts = {"number": "、".join(one.need.number for one in found)}
        record("needs.need.split", need, actor=actor, facts=facts, at=when)
    return found


def _about(need: Need) -> Ref | None:
    return Ref(need.about_kind, need.about_id) if need.about_kind and need.about_id else None


def _contact(need: Need) -> ContactText:
    row = getattr(need, "contact", None)
    if row is None:
        return ContactText()
    because = "split"
    return ContactText(
        name=row.name.for_machine(because=because), phone=row.phone.for_machine(because=because),
        address=row.address.for_machine(because=because), user=row.user_id, person=row.person_id,
        is_elder=row.is_elder, has_no_smartphone=row.has_no_smartphone, may_pass_on=row.may_pass_on,
    )  # fmt: skip
