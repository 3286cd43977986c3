"""Doors of the closing review: the page of the file, and one form for each verb."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.base import ContentFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.projects.forms import closing as f
from linli.apps.projects.models import Advice, ClosingFile, ClosingState, GradeAppeal, Project, ProjectState
from linli.apps.projects.permissions import carries_out, keeps_projects, reads_projects, tends
from linli.apps.projects.queries.closing.files import facts_of, gate_of, grade_of, photos_of, whole_of
from linli.apps.projects.queries.closing.history import closing_history
from linli.apps.projects.services import closing as services
from linli.apps.projects.tables.closing import account_rows, closing_report, satisfaction_words
from linli.apps.projects.views.acting import act, found, frame_of
from linli.apps.reviews.models import SessionState
from linli.apps.reviews.queries import true_sessions
from linli.kernel import documents
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, permission
from linli.kernel.ui.acting import me, story
from linli.kernel.ui.publications import standing


@dataclass(frozen=True)
class Door:
    """One verb of the file: who may, in which states of the file, its form and what it calls."""

    title: Any
    press: Any
    done: Any
    may: Callable[..., bool]
    states: tuple[str, ...]
    form: Callable[[HttpRequest, Project, ClosingFile | None], forms.Form]
    do: Callable[[Project, ClosingFile | None, Actor, dict[str, Any]], Any]
    lead: Any = ""
    danger: bool = False


def sent(request: HttpRequest) -> Any:
    """What was sent, None on a first look."""
    return request.POST if request.method == "POST" else None


def _plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda request, _project, _closing: form(sent(request), request.FILES or None)


def _on_file(verb: Callable[..., Any]) -> Callable[..., Any]:
    return lambda _project, closing, actor, data: verb(closing, actor=actor, **data)


def _on_project(verb: Callable[..., Any]) -> Callable[..., Any]:
    return lambda project, _closing, actor, data: verb(project, actor=actor, **data)


def _sections(request: HttpRequest, project: Project, closing: ClosingFile | None) -> forms.Form:
    if closing is None:
        raise Http404
    return f.SectionsForm(sent(request), closing=closing)


def _enter_form(request: HttpRequest, project: Project, closing: ClosingFile | None) -> forms.Form:
    rows = true_sessions(me(request)).filter(state=SessionState.PREPARING, purpose="closing")
    return f.EnterForm(sent(request), sessions=rows)


def _enter(project: Project, closing: ClosingFile | None, actor: Actor, data: dict[str, Any]) -> Any:
    assert closing is not None  # its door is closed without a file
    report = (f"{project.title}结项报告.pdf", ContentFile(documents.print_paper(closing_report(closing))))
    return services.enter_closing(closing, actor=actor, papers=[report], **data)


def _appeal(project: Project, closing: ClosingFile | None, actor: Actor, data: dict[str, Any]) -> Any:
    grade = grade_of(project)
    if grade is None:
        raise Http404
    return services.appeal(grade, actor=actor, **data)


def _answer_appeal(project: Project, closing: ClosingFile | None, actor: Actor, data: dict[str, Any]) -> Any:
    row = get_object_or_404(GradeAppeal, grade__closing__project=project, grade__ended_at__isnull=True, state="open")
    return services.answer_appeal(row, actor=actor, **data)


def _showcase_form(request: HttpRequest, project: Project, closing: ClosingFile | None) -> forms.Form:
    row = getattr(project, "showcase", None)
    initial = {"title": project.title}
    if row is not None:
        initial = {"title": row.title, "text": row.text, "before": str(row.before or ""), "after": str(row.after or "")}
    return f.ShowcaseForm(sent(request), photos=photos_of(project)[:200], initial=initial)


DRAFT, SUBMITTED, ACCEPTED = ClosingState.DRAFT, ClosingState.SUBMITTED, ClosingState.ACCEPTED
ANY = ("", DRAFT, SUBMITTED, ACCEPTED)
SAVED = _("Saved.")
DOORS: dict[str, Door] = {
    "open": Door(
        _("Open the closing file"), _("Open the file"), _("The closing file is open."), tends, ("",),
        _plain(f.NothingForm), _on_project(services.open_closing),
        _("Sections are filled with what is known; figures come from the records."),
    ),
    "write": Door(
        _("Write the closing file"), _("Save the sections"), SAVED, tends, (DRAFT,), _sections,
        _on_file(services.write_sections),
    ),
    "submit": Door(
        _("Hand the closing file in"), _("Hand in"), _("The file is handed in and locked."), tends, (DRAFT,),
        _plain(f.NothingForm), _on_file(services.submit_closing),
        _("Nothing of it can be changed afterwards, unless the street sends it back with a reason."),
    ),
    "send_back": Door(
        _("Send the closing file back"), _("Send back"), _("The file is open for changes again."), keeps_projects,
        (SUBMITTED, ACCEPTED), _plain(f.ReasonForm), _on_file(services.send_closing_back),
    ),
    "accept": Door(
        _("Accept for the review"), _("Accept"), _("The file goes into the review."), keeps_projects, (SUBMITTED,),
        _plain(f.NothingForm), _on_file(services.accept_closing),
    ),
    "except": Door(
        _("Record an exception"), _("Record"), _("The exception is recorded."), keeps_projects, (DRAFT, SUBMITTED),
        _plain(f.ExceptionForm), _on_file(services.except_from_gate),
        _("The decision stands in the file; the condition is not asked for any more."),
    ),
    "enter": Door(
        _("Enter for a closing review"), _("Enter"), _("The project stands before the panel."), keeps_projects,
        (ACCEPTED,), _enter_form, _enter,
    ),
    "grade": Door(
        _("Enter the result by hand"), _("Give the grade"), _("The grade is given."), keeps_projects, (ACCEPTED,),
        _plain(f.GradeForm), _on_file(services.give_grade),
        _("For a review that was not held here; a review held here gives the grade itself."),
    ),
    "misuse": Door(
        _("Record misuse of money"), _("Set the whole to zero"), _("The whole evaluation is zero."), keeps_projects,
        (ACCEPTED,), _plain(f.MisuseForm), _on_file(services.find_misuse), danger=True,
    ),
    "appeal": Door(
        _("Appeal against the grade"), _("Send the appeal"), _("The appeal was sent."), carries_out, (ACCEPTED,),
        _plain(f.AppealForm), _appeal,
    ),
    "answer_appeal": Door(
        _("Answer the appeal"), _("Answer"), _("The appeal is answered."), keeps_projects, (ACCEPTED,),
        _plain(f.AppealAnswerForm), _answer_appeal,
    ),
    "opinions": Door(
        _("Hand over the panel's opinions"), _("Hand over"), _("The opinions are handed over."), keeps_projects,
        (ACCEPTED,), _plain(f.OpinionsForm), _on_project(services.hand_over_opinions),
    ),
    "highlight": Door(
        _("Mark as a highlight"), _("Mark"), _("The project is marked."), keeps_projects, (ACCEPTED,),
        _plain(f.ReasonForm), _on_project(services.mark_highlight),
    ),
    "prize": Door(
        _("Give an honour"), _("Give"), _("The honour is entered; print its certificate."), keeps_projects, ANY,
        _plain(f.PrizeForm), _on_project(services.give_prize),
    ),
    "coverage": Door(
        _("Register a report or recognition"), _("Register"), _("It is registered."), tends, ANY,
        _plain(f.CoverageForm), _on_project(services.register_coverage),
    ),
    "story": Door(
        _("Write a story"), _("Save the story"), SAVED, tends, ANY, _plain(f.StoryForm),
        _on_project(services.write_story),
    ),
    "showcase": Door(
        _("Write the public page"), _("Save the page"), _("Saved. Submit it for the check when it is ready."), tends,
        ANY, _showcase_form, _on_project(services.write_showcase),
        _("Names, telephones and addresses of persons stay out; figures come from the records."),
    ),
}  # fmt: skip


def file_of(project: Project) -> ClosingFile | None:
    """The file of a project. One query."""
    return ClosingFile.objects.filter(project=project).select_related("project__street", "project__place").first()


def _open_doors(project: Project, closing: ClosingFile | None, actor: Actor) -> list[tuple[str, Door]]:
    """The verbs the reader may use now."""
    state, grade = closing.state if closing else "", grade_of(project) if closing else None
    shut = {"appeal", "highlight", "opinions"} if grade is None else {"grade", "enter", "send_back"}
    if hasattr(project, "opinions"):
        shut.add("opinions")
    appealed = grade is not None and getattr(grade, "appeal", None)
    shut |= {"appeal"} if appealed else set()
    shut |= set() if appealed and appealed.state == "open" else {"answer_appeal"}
    if project.state in (ProjectState.TERMINATED, ProjectState.SUSPENDED):
        shut.add("open")
    rows = [(name, one) for name, one in DOORS.items() if state in one.states and name not in shut]
    return [(name, one) for name, one in rows if one.may(actor, project)]


@permission(reads_projects)
@require_safe
def closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The closing file: how complete it is, what is missing, what it rests on, what I may do."""
    project, actor = found(request, pk), me(request)
    row = file_of(project)
    facts = facts_of(project)
    lines, total = account_rows(facts)
    context = {
        "project": project, "frame": frame_of(request), "closing": row, "facts": facts,
        "satisfaction": satisfaction_words(facts), "account": lines, "total": total,
        "doors": _open_doors(project, row, actor), "grade": grade_of(project) if row else None,
        "opinions": getattr(project, "opinions", None), "prizes": project.prizes.all(),
        "coverage": project.coverage.all(), "stories": project.stories.all(),
        "showcase": getattr(project, "showcase", None), "may_answer": carries_out(actor, project),
    }  # fmt: skip
    if row is not None:
        whole = whole_of(row, facts)
        context |= {
            "whole": whole, "gate": gate_of(row, facts), "sections": row.sections.all(),
            "exceptions": row.exceptions.all(), "story": story(closing_history(row)),
            "missing": {one.code for one in whole.missing},
        }  # fmt: skip
    shown = context["showcase"]
    if shown is not None:
        context["standing"] = standing(shown, actor=actor, entries=timeline(ref_of(shown)))
    return render(request, "projects/closing/closing.html", context)


@permission(reads_projects)
def do(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """One verb of the closing review."""
    if verb not in DOORS:
        raise Http404
    door = DOORS[verb]
    project = found(request, pk, door.may)
    row, actor = file_of(project), me(request)
    if row is None and "" not in door.states:
        raise Http404
    form = door.form(request, project, row)

    def act_on(data: dict[str, Any]) -> Any:
        given = form.changes() if isinstance(form, f.SectionsForm) else data
        door.do(project, row, actor, given)

    return act(
        request, form, act_on, back=reverse("projects:closing", args=[project.pk]), done=door.done, title=door.title,
        lead=door.lead, press=door.press, danger=door.danger, crumb=project.title,
    )  # fmt: skip


@permission(reads_projects)
def advice(request: HttpRequest, pk: UUID, item: UUID, what: str) -> HttpResponse:
    """Answer one opinion, or say that it is done."""
    project = found(request, pk, carries_out)
    row = get_object_or_404(Advice.objects.select_related("sheet__project"), pk=item, sheet__project=project)
    finishing = what == "done"
    form = (f.DoneForm if finishing else f.AnswerForm)(sent(request))
    verb = services.finish_advice if finishing else services.answer_advice
    return act(
        request, form, lambda data: verb(row, actor=me(request), **data),
        back=f"{reverse('projects:closing', args=[project.pk])}#opinions", done=SAVED, title=row.suggestion,
        lead=row.problem, press=_("Say that it is done") if finishing else _("Answer"), crumb=project.title,
    )  # fmt: skip
