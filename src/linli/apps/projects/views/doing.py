"""One door for the verbs of a project: a table says which form, for whom, and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.projects import forms, services
from linli.apps.projects.models import PartnerKind, Project
from linli.apps.projects.permissions import keeps_pages, tends_pages, visits_pages
from linli.apps.projects.services import GroupText, PartnerText, VisitText
from linli.apps.projects.views.acting import act, found, page_of
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.ui.acting import me

Do = Callable[[Project, dict[str, Any], Actor], Any]


@dataclass(frozen=True)
class Doing:
    """A verb on a project: ``tab`` is where it leads back to."""

    form: type[django_forms.Form]
    may: Any
    do: Do
    title: str | Promise
    done: str | Promise
    tab: str = ""
    lead: str | Promise = ""
    danger: bool = False


def _group(project: Project, data: dict[str, Any], actor: Actor) -> None:
    before = [
        GroupText(row.name, row.count, row.source, row.age_from, row.age_to) for row in project.target_groups.all()
    ]
    services.set_groups(project, [*before, GroupText(**data)], actor=actor)


def _partner(project: Project, data: dict[str, Any], actor: Actor) -> None:
    before = [
        PartnerText(PartnerKind(row.kind), row.name, row.organization, row.gives)
        for row in project.partners.select_related("organization")
    ]
    new = PartnerText(PartnerKind(data["kind"]), data["name"], data["organization"], data["gives"])
    services.set_partners(project, [*before, new], actor=actor)


def _visit(project: Project, data: dict[str, Any], actor: Actor) -> None:
    findings = data.pop("findings")
    services.visit(project, text=VisitText(**data), findings=findings, actor=actor)


def _budget(project: Project, data: dict[str, Any], actor: Actor) -> None:
    services.set_budget(project, data["lines"], actor=actor)


def _indicators(project: Project, data: dict[str, Any], actor: Actor) -> None:
    services.set_indicators(project, data["indicators"], actor=actor)


def _by(verb: Callable[..., Any]) -> Do:
    """A verb that takes what the form names."""
    return lambda project, data, actor: verb(project, actor=actor, **data) and None


def _terminate(project: Project, data: dict[str, Any], actor: Actor) -> None:
    services.terminate(project, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "group": Doing(forms.GroupForm, tends_pages, _group, _("Add a target group"), _("Saved.")),
    "partner": Doing(forms.PartnerForm, tends_pages, _partner, _("Add a partner"), _("Saved.")),
    "budget": Doing(
        forms.BudgetForm, keeps_pages, _budget, _("Set the budget"), _("Saved."), "money",
        _("The lines sum to what is promised. Later they change by a change request."),
    ),
    "indicators": Doing(
        forms.IndicatorsForm, keeps_pages, _indicators, _("Set the indicators"), _("Saved."), "plan",
        _("In place of those before. Once figures are recorded they change by a change request."),
    ),
    "outcome": Doing(
        forms.OutcomeForm, tends_pages, _by(services.add_outcome), _("Enter an outcome"), _("Saved."), "results"
    ),
    "growth": Doing(
        forms.GrowthForm, tends_pages, _by(services.record_growth), _("Record how a team grew"), _("Saved."), "results",
        _("How many, never who."),
    ),
    "task_team": Doing(
        forms.TaskTeamForm, tends_pages, _by(services.form_task_team), _("Form a team for a task"), _("Saved."),
        "results",
    ),
    "visit": Doing(
        forms.VisitForm, visits_pages, _visit, _("Enter a supervision visit"),
        _("The visit is entered. Whoever carries the project out sees its findings among the open work."), "visits",
    ),
    "report": Doing(
        forms.ReportForm, tends_pages, _by(services.report_progress), _("Hand in a progress report"),
        _("The report is in."), "reports", _("Money, activities and indicators come from the records."),
    ),
    "call_midterm": Doing(
        forms.CallForm, keeps_pages, _by(services.call_midterm), _("Call for the mid-term self-report"),
        _("The self-report is called for."), "reports",
        _("Two warnings go out, seven days and one day before. Late material fails."),
    ),
    "suspend": Doing(
        forms.SuspendForm, keeps_pages, _by(services.suspend), _("Halt the project"), _("The project is halted."),
        danger=True,
    ),
    "resume": Doing(
        forms.ResumeForm, keeps_pages, _by(services.resume), _("Resume the project"), _("The project goes on.")
    ),
    "terminate": Doing(
        forms.TerminateForm, keeps_pages, _terminate, _("Break the project off"), _("The project is broken off."),
        "changes", _("What was paid and is not accepted as spent is recovered."), danger=True,
    ),
}  # fmt: skip


@permission(signed_in)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, pk, doing.may)
    return act(
        request, doing.form(request.POST or None), lambda data: doing.do(row, data, me(request)),
        back=page_of(row, doing.tab), done=doing.done, title=doing.title, lead=doing.lead or row.title,
        press=doing.title, crumb=row.title, danger=doing.danger,
    )  # fmt: skip


@permission(signed_in)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a change of budget, targets or term."""
    row = found(request, pk, tends_pages)
    form = forms.ChangeForm(request.POST or None, project=row)

    def ask(_data: dict[str, Any]) -> None:
        services.request_change(row, form.text(), actor=me(request))

    return act(
        request, form, ask,
        back=page_of(row, "changes"), done=_("The change is asked for."), title=_("Ask for a change"),
        lead=_("Write everything as it shall be. The money that moves says who answers."), press=_("Ask for a change"),
        crumb=row.title,
    )  # fmt: skip
