"""Routing rules: written, tried on past cases, switched on, and used: ordered, the first that matches decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Assignment, Came, Category, Duty, Need, NeedState, RoutingRule
from linli.apps.needs.permissions import keeps_rules
from linli.apps.needs.queries.wall import visible_to
from linli.apps.needs.services.dispatching import dispatch
from linli.apps.needs.services.keeping import moment, require, said
from linli.apps.needs.services.parts import Unit, is_off_list, works_in
from linli.apps.places.models import Level, Place
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Actor

MOST_CASES = 500
PAST = timedelta(days=365)
COLUMNS = ("title", "category", "within", "channel", "words", "route", "place", "organization", "user")


@dataclass(frozen=True)
class Tried:
    """A past case: where it went, and where the rules with this one on would have sent it."""

    need: Need
    went: str
    would: str

    @property
    def changes(self) -> bool:
        return self.went != self.would


@dataclass(frozen=True)
class Outcome:
    """What trying found: how many past cases, those the rule matches, and how many would have gone elsewhere."""

    cases: int
    matched: list[Tried]

    @property
    def changed(self) -> int:
        return sum(one.changes for one in self.matched)


def write_rule(
    *, street: Place, actor: Actor | None, rule: RoutingRule | None = None, at: datetime | None = None, **columns: Any
) -> RoutingRule:
    """A new rule at the end of the list, or another text of one; either must be tried anew before it is on."""
    row = rule or RoutingRule(street=street, position=_last(street) + 1)
    require(keeps_rules, actor, row)
    unknown = set(columns) - set(COLUMNS)
    assert not unknown, unknown
    for name, value in columns.items():
        setattr(row, name, value)
    row.title = said(row.title, "title", _("Give the rule a title."), most=80)
    _check(row)
    row.version, row.is_on = (row.version + 1 if rule else 1), False
    with transaction.atomic():
        row.save()
        record("needs.rule.write", row, actor=actor, facts={"title": row.title}, at=moment(at))
    return row


def _last(street: Place) -> int:
    return (
        RoutingRule.objects.filter(street=street).order_by("-position").values_list("position", flat=True).first() or 0
    )


def _check(row: RoutingRule) -> None:
    if row.place is not None and row.organization is not None:
        raise Refusal(_("A rule sends to one place or one organization."), field="organization")
    for one, field in ((row.place, "place"), (row.within, "within")):
        if one is not None and row.street_id not in (one.pk, one.street_id):
            raise Refusal(_("This place lies outside the street. Choose one inside it."), field=field)
    if row.user is not None and (row.place or row.organization) is None:
        raise Refusal(_("Choose the unit this person works in."), field="user")
    if row.user is not None and not works_in(row.user, row.place or row.organization):  # type: ignore[arg-type]  # one of them
        raise Refusal(_("This person does not work there."), field="user")


def move_rule(rule: RoutingRule, *, up: bool, actor: Actor | None, at: datetime | None = None) -> None:
    """Change places with the neighbour: the order decides which rule is asked first."""
    require(keeps_rules, actor, rule)
    with transaction.atomic():
        rows = RoutingRule.objects.filter(street=rule.street_id)
        beside = (
            rows.filter(position__lt=rule.position).order_by("-position").first()
            if up
            else rows.filter(position__gt=rule.position).order_by("position").first()
        )
        if beside is None:
            return
        rule.position, beside.position = beside.position, rule.position
        rule.save(update_fields=["position"])
        beside.save(update_fields=["position"])
        record("needs.rule.move", rule, actor=actor, facts={"title": rule.title}, at=moment(at))


def try_rule(rule: RoutingRule, *, actor: Actor | None, at: datetime | None = None) -> Outcome:
    """Run the street's rules, with this one on, over the needs of the past year; keeps what came of it."""
    require(keeps_rules, actor, rule)
    when = moment(at)
    rules = [one for one in rules_of(rule.street, when_on=True) if one.pk != rule.pk] + [rule]
    rules.sort(key=lambda one: (one.position, str(one.pk)))
    cases = _past(rule.street, actor, when)
    below = categories_below()
    matched = [
        Tried(need, went, str(unit_for(rule, need))) for need, went in cases if first_match(rules, need, below) == rule
    ]
    found = Outcome(len(cases), matched)
    with transaction.atomic():
        rows = RoutingRule.objects.filter(pk=rule.pk, version=rule.version)
        columns: dict[str, Any] = {
            "tried_version": rule.version, "tried_at": when, "tried_on": found.cases, "would_change": found.changed,
        }  # fmt: skip
        if not rows.update(**columns):
            raise Conflict(_("Somebody else has just changed this rule. Load the page again to see it."))
        for name, value in columns.items():
            setattr(rule, name, value)
        facts = {"title": rule.title, "cases": found.cases, "changed": found.changed}
        record("needs.rule.try", rule, actor=actor, facts=facts, at=when)
    return found


def _past(street: Place, actor: Actor | None, at: datetime) -> list[tuple[Need, str]]:
    """The newest needs of the past year that were dispatched, with the first unit each went to."""
    rows = Need.objects.filter(street=street, received_at__gt=at - PAST, category__isnull=False)
    rows = rows.filter(about_kind="", sensitivity="")
    rows = rows if actor is None else visible_to(actor, rows)
    needs = list(rows.select_related("place__parent", "category", "street").order_by("-received_at")[:MOST_CASES])
    parts = Assignment.objects.filter(need__in=needs, duty=Duty.HANDLER).select_related("place", "organization")
    went: dict[Any, str] = {}
    for part in parts.order_by("since"):
        went.setdefault(part.need_id, str(part.unit))
    return [(need, went[need.pk]) for need in needs if need.pk in went]


def switch_rule(rule: RoutingRule, *, on: bool, actor: Actor | None, at: datetime | None = None) -> None:
    """Switch a rule on, once it was tried as it stands, or off."""
    require(keeps_rules, actor, rule)
    if on and rule.tried_version != rule.version:
        raise Refusal(_("Try the rule on past cases first, as it stands now."), code="not-tried")
    with transaction.atomic():
        rows = RoutingRule.objects.filter(pk=rule.pk, version=rule.version)
        if not rows.update(is_on=on):
            raise Conflict(_("Somebody else has just changed this rule. Load the page again to see it."))
        rule.is_on = on
        record("needs.rule.switch", rule, actor=actor, facts={"title": rule.title, "on": on}, at=moment(at))


def rules_of(street: Place, *, when_on: bool = False) -> list[RoutingRule]:
    """The rules of a street in their order, with what matching reads."""
    rows = RoutingRule.objects.filter(street=street, **({"is_on": True} if when_on else {}))
    return list(rows.select_related("place", "organization", "user", "street", "within").order_by("position", "id"))


def categories_below() -> dict[Any, set[Any]]:
    """Category → itself and those above it; one query for the whole tree."""
    parents = dict(Category.objects.order_by().values_list("pk", "parent"))
    found: dict[Any, set[Any]] = {}
    for key in parents:
        chain: set[Any] = set()
        now: Any = key
        while now is not None and now not in chain:
            chain.add(now)
            now = parents.get(now)
        found[key] = chain
    return found


def first_match(rules: Iterable[RoutingRule], need: Need, below: dict[Any, set[Any]]) -> RoutingRule | None:
    """The first rule that matches; None where none does."""
    return next((rule for rule in rules if _matches(rule, need, below)), None)


def _matches(rule: RoutingRule, need: Need, below: dict[Any, set[Any]]) -> bool:
    if rule.channel and rule.channel != need.channel:
        return False
    if rule.category_id and rule.category_id not in below.get(need.category_id, set()):
        return False
    if rule.within_id and rule.within_id not in (need.place_id, need.place.parent_id, need.street_id):
        return False
    words = rule.words.split()
    return not words or any(word in need.matter or word in need.title for word in words)


def unit_for(rule: RoutingRule, need: Need) -> Unit:
    """Where a rule sends a need: its unit, else the community the need lies in."""
    named = rule.place or rule.organization
    if named is not None:
        return named
    place = need.place
    return place.parent if place.level in (Level.GRID, Level.POINT) and place.parent else place


def dispatch_by_rules(need: Need, *, at: datetime) -> Assignment | None:
    """Dispatch an analysed need by the first rule of its street that matches; None where none does, or where the
    community's list does not hold it: then the street decides.
    """
    if need.state != NeedState.ANALYSED:
        return None
    rules = rules_of(need.street, when_on=True)
    rule = first_match(rules, need, categories_below()) if rules else None
    if rule is None or is_off_list(need, unit_for(rule, need), Duty.HANDLER):
        return None
    unit = unit_for(rule, need)
    user = rule.user if rule.user is not None and works_in(rule.user, unit) else None
    return dispatch(need, unit=unit, user=user, actor=None, came=Came.RULE, at=at)
