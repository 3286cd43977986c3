"""What whistles add: menu, tasks, the part on a need's page, kinds, verbs as told, and how soon departments come."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.needs.models.whistle import Whistle, WhistleCall, WhistleStep
from linli.apps.needs.permissions import (
    approves_whistle_pages,
    drafts_whistles,
    keeps_whistles,
    reads_needs,
)
from linli.apps.needs.queries import hidden_from
from linli.apps.needs.queries import whistles as reads
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, PagePart, Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.files import allow
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.refs import Kind, Ref, ref_of, register
from linli.kernel.scope import Actor, Role, nobody
from linli.kernel.settings import Declared, declare

ORIGIN = "“街乡吹哨、部门报到”起源案例为30分钟到场；全市无统一时限，由街道确认"
MINUTES = (
    ("residents", _("Minutes until departments check in: residents' matter"), 120),
    ("enforcement", _("Minutes until departments check in: joint enforcement"), 60),
    ("emergency", _("Minutes until departments check in: emergency"), 30),
)
DEPARTMENT = {"department": _("department"), "paper": _("on paper")}
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("draft", _("wrote the whistle"), {"title": _("matter"), "departments": _("departments")}),
    ("check_in", _("checked in at the point"), DEPARTMENT),
    ("answer_call", _("said what the department did"), {**DEPARTMENT, "answer": _("answer")}),
    ("note_step", _("noted what happened"), {"step": _("kind"), "text": _("what happened there")}),
    ("rate_call", _("rated the other side"), {"department": _("department"), "side": _("side")}),
)


def find_whistles(actor: Actor) -> Iterable[Task]:
    """Calls that wait for the actor's department, and whistles that wait for the leader."""
    for call in reads.calls_to_answer(actor):
        verb = _("Answer") if call.checked_in_at else _("Check in")
        page = reverse("needs:whistle", args=[call.whistle_id])
        yield Task(
            ref_of(call.whistle), call.whistle.title, page, str(verb), due=call.due_at, why=str(call.whistle.street)
        )
    if approves_whistle_pages(actor):
        for row in reads.drafts_to_approve(actor, list(actor.reach(Role.LEADER).places)):
            page = reverse("needs:whistle", args=[row.pk])
            why = str(_("A whistle waits for you"))
            yield Task(ref_of(row), row.title, page, str(_("Approve and call")), why=why, since=row.drafted_at)


def nothing_moves(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """Departments and leaders answer by their post; nothing stands in a person's name."""
    return 0


def on_need(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The whistles blown for a need, and the button to blow one."""
    rows = list(need.whistles.order_by("-drafted_at"))
    open_enough = not need.about_kind and not need.sensitivity
    may = actor is not None and open_enough and drafts_whistles(actor, need)
    return {"whistles": rows, "may_blow": may, "need": need} if rows or may else None


class OfWhistle(Kind):
    """Rows with their whistle."""

    def rows(self) -> Any:
        return super().rows().select_related("whistle")


def _of_visible(rows: Any, actor: Any) -> Any:
    return rows.filter(whistle__in=reads.whistles_for(actor).order_by().values("pk"))


def _hidden(actor: Any) -> Any:
    """Whistles whose need stands behind a wall by now."""
    return Whistle.objects.filter(need__in=hidden_from(actor)).order_by()


def _page(row: Whistle) -> str:
    return reverse("needs:whistle", args=[row.pk])


def _hidden_of(model: Any) -> Any:
    return lambda actor: model.objects.filter(whistle__in=_hidden(actor)).order_by().values_list("pk", flat=True)


def _words() -> None:
    for name, title, minutes in MINUTES:
        declare(
            Declared(
                f"needs.whistle_{name}", title, int, minutes, source=ORIGIN, grade="NF", least=5, most=2880, unit="分钟"
            )
        )
    for verb, told, words in ACTIONS:
        register_action(f"needs.whistle.{verb}", told, words=words)


def contribute() -> None:
    """Make them known."""
    _words()
    declare_kind(NoticeKind("needs.whistle.call", _("A street calls my department"), may_switch_off=nobody))
    allow("needs.whistle_step", photos=keeps_whistles, scans=keeps_whistles)
    allow("needs.whistle_call", scans=keeps_whistles)
    register(
        Kind(
            "needs.whistle", Whistle, _("Whistle"), lambda rows, actor: reads.whistles_for(actor, rows), address=_page,
            street=lambda row: row.street_id, hidden=lambda actor: _hidden(actor).values_list("pk", flat=True),
        )
    )  # fmt: skip
    parts: tuple[tuple[str, Any, Any], ...] = (
        ("whistle_step", WhistleStep, _("What happened on a whistle")),
        ("whistle_call", WhistleCall, _("Call of a department")),
    )
    for name, model, title in parts:
        register(
            OfWhistle(
                f"needs.{name}", model, title, _of_visible, address=lambda row: _page(row.whistle),
                street=lambda row: row.whistle.street_id, hidden=_hidden_of(model),
            )
        )  # fmt: skip
    add(
        NavItem(
            "needs_whistles",
            _("Whistles"),
            "needs:whistles",
            reads_needs,
            icon="alert-triangle",
            section="needs",
            order=25,
        ),
        TaskSource("needs.whistles", find_whistles, nothing_moves),
        PagePart("needs.need", "whistles", "needs/part_whistles.html", on_need, order=60),
    )
