"""The names of what is done at the center, as the histories of organizations and places tell it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action

DAY, NAME, TITLE = _("day"), _("name"), _("title")
DESK, MONTH, YEAR, BEFORE = _("desk"), _("month"), _("year"), _("before")
UNIT = {"project": _("project"), "unit": _("unit worked at"), "day": DAY}
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("center.open", _("opened a service center"), {"name": NAME, "level": _("level"), "day": DAY}),
    ("center.close", _("closed a service center"), {"name": NAME, "day": DAY}),
    ("desks.add", _("added desks to a center"), {"name": NAME, "desks": _("desks")}),
    ("desk.give", _("was given a desk"), {"desk": DESK, "day": DAY}),
    ("desk.free", _("gave its desk back"), {"desk": DESK, "day": DAY}),
    ("award.count", _("counted awards"), {"title": TITLE, "year": YEAR, "number": _("how many")}),
    ("stage.reach", _("reached a stage"), {"stage": _("stage reached"), "day": DAY, "leaders": _("leaders trained")}),
    (
        "case.open",
        _("began a support service"),
        {"service": _("service"), "title": TITLE, "day": DAY, "agency": _("agency that does it")},
    ),
    ("case.close", _("closed a support service"), {"title": TITLE, "day": DAY, "outcome": _("what came of it")}),
    ("book.keep", _("entered how far the books are"), {"month": MONTH, "state": _("state"), "before": BEFORE}),
    (
        "figure.type",
        _("typed a figure"),
        {"kind": _("kind"), "day": DAY, "number": _("how many"), "before": BEFORE},
    ),
    (
        "training.plan",
        _("planned a training"),
        {"title": TITLE, "year": YEAR, "sessions": _("sessions planned"), "person_times": _("person-times planned")},
    ),
    ("unit.take", _("took on a unit"), UNIT),
    ("unit.leave", _("no longer works at a unit"), UNIT),
)


def contribute() -> None:
    """Register every action."""
    for name, title, words in ACTIONS:
        register_action(f"incubation.{name}", title, words=words)
