"""The verbs on what belongs to a project: which form, for whom, and what each does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import forms, services
from linli.apps.projects.permissions import answers_pages, keeps_pages, recovers_pages, tends_pages
from linli.kernel.scope import Actor


@dataclass(frozen=True)
class Row:
    """A verb on a row of the project: ``what`` names the kind of row, ``tab`` where it leads back to."""

    what: str
    form: type[django_forms.Form]
    may: Any
    do: Callable[[Any, dict[str, Any], Actor], Any]
    title: str | Promise
    done: str | Promise
    tab: str


def _by(verb: Callable[..., Any]) -> Callable[[Any, dict[str, Any], Actor], Any]:
    return lambda about, data, actor: verb(about, actor=actor, **data)


def _evidence(about: Any, data: dict[str, Any], actor: Actor) -> None:
    uploads = [data["upload"]] if data["upload"] else []
    services.give_evidence(about, uploads=uploads, on_paper=data["on_paper"], actor=actor)


def _ask(about: Any, data: dict[str, Any], actor: Actor) -> None:
    services.ask_evidence(about, title=data["title"], actor=actor)


SAVED = _("Saved.")
ROWS: dict[str, Row] = {
    "evidence": Row("evidence", forms.EvidenceForm, tends_pages, _evidence, _("Give the evidence"), SAVED, "plan"),
    "ask": Row("milestone", forms.AskEvidenceForm, keeps_pages, _ask, _("Ask for more evidence"), SAVED, "plan"),
    "reach": Row(
        "milestone", forms.ReachForm, tends_pages, _by(services.reach_milestone), _("Milestone reached"), SAVED, "plan"
    ),
    "actual": Row(
        "indicator", forms.ActualForm, tends_pages, _by(services.record_actual), _("Record the figure"), SAVED, "plan"
    ),
    "team": Row(
        "team", forms.TeamReportForm, tends_pages, _by(services.report_task_team),
        _("Report what the team found and solved"), SAVED, "results",
    ),
    "settle": Row(
        "finding", forms.SettleForm, tends_pages, _by(services.settle_finding), _("Put right"), SAVED, "visits"
    ),
    "hand_in": Row(
        "midterm", forms.HandInForm, tends_pages, _by(services.hand_in_midterm), _("Hand in the self-report"),
        _("The self-report is in."), "reports",
    ),
    "fixed": Row(
        "midterm", forms.FixedForm, keeps_pages, _by(services.confirm_fixed), _("Confirm that it is put right"), SAVED,
        "reports",
    ),
    "refuse": Row(
        "change", forms.AnswerForm, answers_pages, _by(services.refuse_change), _("Refuse the change"),
        _("The change is refused."), "changes",
    ),
    "file": Row(
        "change", forms.FileForm, keeps_pages, _by(services.file_change), _("File the change"), SAVED, "changes"
    ),
    "recover": Row(
        "recovery", forms.RecoveryForm, recovers_pages, _by(services.record_recovery), _("Enter what came back"), SAVED,
        "changes",
    ),
}  # fmt: skip
