"""What residents' reports add: the field on the front page, the door to follow, alarms as tasks, who is on watch."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.apps.needs import queries
from linli.apps.needs.kinds.danger import danger_title
from linli.apps.needs.models import Alarm, Watch
from linli.kernel.audit import register_action
from linli.kernel.contributions import Basis, PagePart, Person, PersonalData, PortalDoor, Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.privacy import nothing_rests, stays
from linli.kernel.refs import Kind, Ref, ref_of, register
from linli.kernel.scope import Actor, nobody

WHO, DANGER = gettext_lazy("person"), gettext_lazy("danger")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "alarm.raise",
        gettext_lazy("Danger was heard in the need"),
        {"danger": DANGER, "told": gettext_lazy("people told")},
    ),
    ("alarm.take", gettext_lazy("looked after the danger"), {"done": gettext_lazy("how it was dealt with")}),
    (
        "watch.enter",
        gettext_lazy("entered a watch"),
        {"name": WHO, "from": gettext_lazy("from when"), "until": gettext_lazy("until when")},
    ),
    (
        "need.visit",
        gettext_lazy("noted what is missing at the window"),
        {"visits": gettext_lazy("times the resident had to come"), "missing": gettext_lazy("still missing")},
    ),
    ("watch.drop", gettext_lazy("took a watch out"), {"name": WHO}),
)


def find_alarms(actor: Actor) -> Iterable[Task]:
    """Alarms nobody has taken. One query beside the wall's."""
    for row in queries.alarms_visible_to(actor).filter(taken_at__isnull=True).select_related("need")[:50]:
        title = "、".join(danger_title(code) for code in row.kinds.split())
        address = reverse("needs:alarm", args=[row.pk])
        quiet = bool(row.need.about_kind or row.need.sensitivity)
        number = f"{row.need.number} {title}"
        yield Task(ref_of(row.need), number, address, _("Look after it"), row.raised_at, quiet=quiet, urgent=True)


def hand_over(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """An alarm belongs to whoever is on watch: nothing moves."""
    return 0


def _watches(person: Person) -> Any:
    return Watch.objects.filter(user=person.user_id) if person.user_id is not None else Watch.objects.none()


def watches_of(person: Person) -> list[dict[str, Any]]:
    """Watches as plain data."""
    rows = _watches(person).select_related("place")
    return [{"地点": str(row.place), "从": row.starts.isoformat(), "至": row.ends.isoformat()} for row in rows]


KEPT = gettext_lazy("Who was on watch, and who looked after a danger, stays on record.")


def erase(person: Person) -> str | Promise:
    """Who was on watch is part of the record."""
    return KEPT if _watches(person).exists() else ""


ON_WATCH = PersonalData(
    name="needs.watch",
    title=gettext_lazy("Watches of staff"),
    models=(Watch, Alarm),
    find=lambda person: _watches(person).count(),
    export=watches_of,
    erase=erase,
    freeze=stays(KEPT),
    unfreeze=nothing_rests,
    purpose=gettext_lazy("So that danger reaches somebody at once"),
    basis=Basis.DUTY,
    retention="needs.contact",
)


def say_here(actor: Actor | None, community: Any) -> dict[str, Any]:
    """The big field of the front page."""
    return {"community": community}


def contribute() -> None:
    """Enter all of it."""
    for name, title, words in ACTIONS:
        register_action(f"needs.{name}", title, words=words)
    declare_kind(NoticeKind("needs.alarm.raise", gettext_lazy("Danger in a need"), may_switch_off=nobody))
    register(
        Kind(
            "needs.alarm", Alarm, gettext_lazy("Alarm"), lambda rows, actor: queries.alarms_visible_to(actor, rows),
            address=lambda row: reverse("needs:alarm", args=[row.pk]), street=lambda row: row.need.street_id,
            hidden=lambda actor: Alarm.objects.filter(need__in=queries.hidden_from(actor)).values_list("pk", flat=True),
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.watch", Watch, gettext_lazy("Watch"), lambda rows, actor: queries.watches_visible_to(actor, rows),
            address=lambda _row: reverse("needs:watches"), street=lambda row: row.place.street_id or row.place_id,
        )
    )  # fmt: skip
    add(
        TaskSource("needs.alarms", find_alarms, hand_over),
        ON_WATCH,
        PagePart("places.portal.say", "needs.say", "needs/part_say.html", say_here, order=10),
        PortalDoor(
            "report", gettext_lazy("Report something"), "needs:report", "message-report",
            gettext_lazy("Say it once, in your own way"), order=10,
        ),
    )  # fmt: skip
