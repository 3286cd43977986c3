"""What stages, sub-tasks, disputes and call-backs add: parts of a need's page, tasks, kinds, verbs as told, figures."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.models import Mediation, Need, NeedState, Sensitivity, Stage, StagePlan, SubTask, SubTaskState
from linli.apps.needs.models.need import OPEN
from linli.apps.needs.permissions import handles, mediation_pages, plans_stages, rates, rings_pages
from linli.apps.needs.queries.mediations import mediations_for
from linli.apps.needs.queries.subtasks import sub_tasks_at_work, sub_tasks_for
from linli.kernel.audit import register_action
from linli.kernel.contributions import NavItem, PagePart, Task, TaskSource
from linli.kernel.contributions import contribute as add
from linli.kernel.files import allow
from linli.kernel.notices import NoticeKind, declare_kind
from linli.kernel.refs import Kind, Ref, ref_of, register
from linli.kernel.scope import Actor, nobody
from linli.kernel.settings import Declared, declare

OWN = "街道惯例，由街道确认"
MOST = 100
UNIT, REASON, UNTIL, STAGE = _("unit"), _("reason"), _("last day"), _("stage")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("need.plan_stages", _("planned the stages"), {"until": UNTIL}),
    ("need.finish_stage", _("finished a stage"), {"stage": STAGE, "text": _("what came of it")}),
    ("need.move_stage", _("gave a stage another day"), {"stage": STAGE, "until": UNTIL, "reason": REASON}),
    ("need.give_sub_task", _("gave a sub-task"), {"unit": UNIT, "title": _("what is to be done")}),
    ("need.answer_sub_task", _("answered a sub-task"), {"unit": UNIT, "answer": _("answer")}),
    ("need.renew_link", _("made a new link for a sub-task"), {"unit": UNIT}),
    ("mediation.register", _("registered the dispute"), {"kind": _("kind"), "parties": _("parties")}),
    ("mediation.step", _("noted a step"), {"step": _("step"), "text": _("what came of it")}),
    ("mediation.consent", _("noted that a party agrees to be referred"), {"party": _("party"), "how": _("how")}),
)
SETTINGS = (
    Declared(
        "needs.link_days", _("Days a link of an outside party opens after its sub-task is due"), int, 7, source=OWN,
        grade="K", least=1, most=60, unit="天",
    ),
    Declared(
        "needs.ring_days", _("Days after which somebody who did not rate with the code is rung"), int, 3, source=OWN,
        grade="K", least=1, most=30, unit="天",
    ),
)  # fmt: skip


def find_sub_tasks(actor: Actor) -> Iterable[Task]:
    """Sub-tasks the actor's unit answers, and answers he looks at."""
    for row in sub_tasks_at_work(actor)[:MOST]:
        if row.state == SubTaskState.OPEN:
            yield _task(row, str(_("Answer the sub-task")), due=row.due, why=row.need.street.name)
        else:
            yield _task(row, str(_("Look at the answer")), why=str(row.unit), since=row.answered_at)


def _task(row: SubTask, verb: str, **more: Any) -> Task:
    quiet = bool(row.need.about_kind or row.need.sensitivity)
    return Task(ref_of(row), row.title, reverse("needs:sub_task", args=[row.pk]), verb, quiet=quiet, **more)


def nothing_moves(giver: UUID, taker: UUID, refs: Sequence[Ref]) -> int:
    """Units answer by their posts; nothing stands in a person's name."""
    return 0


def stages_of(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The stages of a need, and the button to plan them. Three queries."""
    plan = StagePlan.objects.filter(need=need).first()
    may = actor is not None and need.state in OPEN and handles(actor, need)
    rows = list(plan.stages.all()) if plan else []
    waits = next((row.pk for row in rows if row.done_at is None), None)
    context = {"need": need, "plan": plan, "stages": rows, "next": waits, "may": may, "today": timezone.localdate()}
    return context if plan or may else None


def sub_tasks_of(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The sub-tasks of a need, and the button to give one; none for what only named people may see. Three queries."""
    if need.sensitivity or need.about_kind:
        return None
    rows = list(SubTask.objects.filter(need=need).select_related("place", "organization"))
    may = actor is not None and need.state in OPEN and handles(actor, need)
    return {"need": need, "tasks": rows, "may": may} if rows or may else None


def dispute_of(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The mediation of a dispute, or the button to register it. Three queries, none for other needs."""
    if need.sensitivity != Sensitivity.DISPUTE or need.about_kind:
        return None
    row = Mediation.objects.filter(need=need).first()
    may = actor is not None and row is None and handles(actor, need)
    return {"need": need, "mediation": row, "may": may} if row or may else None


def asking_of(actor: Actor | None, need: Need) -> dict[str, Any] | None:
    """The button that prints the sheet of questions, for an answered need."""
    if need.state != NeedState.ANSWERED or actor is None or not rates(actor, need):
        return None
    return {"need": need}


def _hidden(model: Any, path: str) -> Any:
    return lambda actor: (
        model.objects.filter(**{f"{path}__in": queries.hidden_from(actor)}).order_by().values_list("pk", flat=True)
    )


def _kinds() -> None:
    allow("needs.stage", photos=plans_stages, scans=plans_stages)
    register(
        Kind(
            "needs.stage", Stage, _("Stage of a need"),
            lambda rows, actor: rows.filter(plan__need__in=queries.visible_to(actor).order_by().values("pk")),
            address=lambda row: reverse("needs:need", args=[row.plan.need_id]),
            street=lambda row: row.plan.need.street_id, hidden=_hidden(Stage, "plan__need"),
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.sub_task", SubTask, _("Sub-task"), lambda rows, actor: sub_tasks_for(actor, rows),
            address=lambda row: reverse("needs:sub_task", args=[row.pk]), street=lambda row: row.need.street_id,
            hidden=_hidden(SubTask, "need"),
        )
    )  # fmt: skip
    register(
        Kind(
            "needs.mediation", Mediation, _("Mediation"), lambda rows, actor: mediations_for(actor, rows),
            address=lambda row: reverse("needs:dispute", args=[row.pk]), street=lambda row: row.street_id,
            hidden=_hidden(Mediation, "need"),
        )
    )  # fmt: skip


def contribute() -> None:
    """Make all of it known."""
    for setting in SETTINGS:
        declare(setting)
    for name, told, words in ACTIONS:
        register_action(f"needs.{name}", told, words=words)
    declare_kind(NoticeKind("needs.sub_task.answer", _("A sub-task was answered"), may_switch_off=nobody))
    _kinds()
    add(
        TaskSource("needs.sub_tasks", find_sub_tasks, nothing_moves),
        PagePart("needs.need", "needs.stages", "needs/part_stages.html", stages_of, order=30),
        PagePart("needs.need", "needs.sub_tasks", "needs/part_sub_tasks.html", sub_tasks_of, order=40),
        PagePart("needs.need", "needs.dispute", "needs/part_dispute.html", dispute_of, order=25),
        PagePart("needs.need", "needs.asking", "needs/part_asking.html", asking_of, order=15),
        NavItem(
            "needs_ringing", _("To be rung today"), "needs:ringing", rings_pages, icon="phone", section="needs",
            order=22,
        ),
        NavItem(
            "needs_disputes", _("Disputes"), "needs:disputes", mediation_pages, icon="users", section="needs", order=27
        ),
    )  # fmt: skip
