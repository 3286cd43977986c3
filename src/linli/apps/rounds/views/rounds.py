"""The list of rounds, one round, and what is done with it on the desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.places.models import Level, Place
from linli.apps.rounds import queries
from linli.apps.rounds.forms.rounds import NewRoundForm, PhaseForm, ProgrammeForm, WordForm
from linli.apps.rounds.kinds import templates
from linli.apps.rounds.lifecycle import PROPOSALS, ROUNDS
from linli.apps.rounds.models import (
    Decision,
    Opening,
    Phase,
    Programme,
    ProgrammeWord,
    Proposal,
    ProposalState,
    Round,
    RoundKind,
    RoundState,
)
from linli.apps.rounds.permissions import (
    SETTERS,
    keeps_rounds,
    opens_seals,
    prepares_reviews,
    reads_rounds,
    sets_up_rounds,
)
from linli.apps.rounds.services import add_word, date_phase, end_word, found_programme, set_up_round
from linli.apps.rounds.services.filing import ANSWERS, paper_of
from linli.apps.rounds.services.keeping import require
from linli.apps.rounds.views.acting import act, explain, sent
from linli.apps.rounds.views.telling import grouped, story
from linli.kernel.audit import timeline
from linli.kernel.documents.models import IssuedNumber
from linli.kernel.errors import Refusal
from linli.kernel.refs import ref_of
from linli.kernel.scope import permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.settings import declared_named
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("title", _("Title")),
    Column("year", _("Year"), sort="year"),
    Column("kind", _("Kind")),
    Column("state", _("State")),
    Column("now", _("Running phase")),
    Column("count", _("Proposals"), numeric=True),
)
PROPOSAL_COLUMNS = (
    Column("serial", _("Serial number"), sort="serial"),
    Column("title", _("Title"), sort="title"),
    Column("place", _("Community")),
    Column("category", _("Class")),
    Column("asked", _("Sum asked for"), numeric=True),
    Column("state", _("State")),
)
PAPERS = (
    ("call", _("Notice of the call (draft for the office)")),
    ("plan", _("Plan of the round")),
    ("survey", _("Need survey form")),
    ("discussions", _("Record of the four discussions")),
    ("summary", _("Summary of proposals (PDF)")),
    ("check", _("Form of the check")),
)
SHOWN = 12
"""Lines of the history that stand open; the rest is folded away."""
sees_rounds = reads_rounds | sets_up_rounds


@permission(sees_rounds)
@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of my street."""
    actor = actor_of(request)
    rows = queries.rounds_visible_to(actor).select_related("programme", "place").prefetch_related("phases")
    filters = (Filter("state", _("State"), RoundState.choices), Filter("kind", _("Kind"), RoundKind.choices))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-year")
    counts, now = queries.counts_of(page.rows), timezone.now()
    for row in page.rows:
        row.handed_in = counts.get(row.pk, 0)
        row.running = queries.running(row.phases.all(), now) if row.state == RoundState.OPEN else []
    context = {"page": page, "may_set_up": sets_up_rounds(actor, None)}
    return render(request, "rounds/rounds.html", context)


@dataclass(frozen=True)
class Station:
    """A phase as the line shows it."""

    name: str
    state: str
    at: datetime | None


def stations(phases: list[Phase], now: datetime, *, runs: bool) -> list[Station]:
    """The line of phases with dates and today's mark; those left out are not on it."""

    def state(phase: Phase) -> str:
        if runs and phase.is_open(now):
            return "now"
        return "done" if phase.closes_at and phase.closes_at <= now else "ahead"

    return [Station(phase.title, state(phase), phase.opens_at) for phase in phases if not phase.skipped]


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Round:
    """The round of the address, if the reader sees it; refused when he may not do what he came for."""
    rows = queries.rounds_visible_to(actor_of(request)).select_related("programme", "place__street", "source")
    row: Round = get_object_or_404(rows, pk=pk)
    if may is not None:
        require(may, actor_of(request), row)
    return row


@permission(sees_rounds)
@require_safe
def round_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: its line of phases, the work of the running one, what was handed in."""
    row, actor, now = found(request, pk), actor_of(request), timezone.now()
    phases = queries.phases_of(row)
    doors = queries.open_doors(row, now, phases)
    visible = queries.visible_to(actor, Proposal.objects.filter(round=row)).select_related("place", "category")
    filters = (Filter("state", _("State"), ProposalState.choices),)
    page = ListPage(request, visible, columns=PROPOSAL_COLUMNS, filters=filters, first_sort="serial")
    offered = PROPOSALS.offered_for(actor, page.rows)
    for one in page.rows:
        one.verbs = [verb for verb in offered[one.pk] if verb.title]
    told = _story(row)
    context = {
        "round": row,
        "stations": stations(phases, now, runs=row.state == RoundState.OPEN),
        "running": queries.running(phases, now) if row.state == RoundState.OPEN else [],
        "doors": doors,
        "count": queries.counts_of([row]).get(row.pk, 0),
        "page": page,
        "template": templates()[row.template],
        "opening": Opening.objects.filter(round=row).select_related("opened_by", "witness").first(),
        "ideas": queries.ideas_visible_to(actor).filter(round=row).select_related("place")[:50],
        "may_keep": keeps_rounds(actor, row),
        "may_open_seals": opens_seals(actor, row),
        "verbs": [verb for verb in ROUNDS.offered(actor, row) if verb.title],
        "agencies": queries.assignments_of(row),
        "figures": _figures(row),
        "papers": PAPERS,
        "unfinished": list(queries.unfinished_awards(row)[:100]) if keeps_rounds(actor, row) else [],
        "reviews": queries.reviews_about(row).select_related("place"),
        "may_enter": "review" in doors and bool(prepares_reviews(actor, None)),
        "answers": answers(row, phases, doors, may_keep=bool(keeps_rounds(actor, row))),
        "story": told[:SHOWN],
        "older": told[SHOWN:],
    }
    return render(request, "rounds/round.html", context)


@dataclass(frozen=True)
class Awaited:
    """A paper that answers a decision, and whether it came."""

    what: str
    title: Any
    verb: Any
    decision: Decision
    issued: IssuedNumber | None
    may_record: bool


def answers(row: Round, phases: list[Phase], doors: set[str], *, may_keep: bool) -> list[Awaited]:
    """The filing and the reply of each decision, where the round has such phases. Two queries, none without."""
    wanted = {door for phase in phases if not phase.skipped for door in phase.opens}
    kinds = {what: one for what, one in ANSWERS.items() if one.door in wanted}
    made = list(row.decisions.order_by("number")) if kinds else []
    there = {(one.ref_id, one.paper): one for one in IssuedNumber.objects.filter(ref_id__in=[one.pk for one in made])}
    return [
        Awaited(
            what, one.title, one.verb, decision, there.get((decision.pk, paper_of(what))),
            may_record=may_keep and one.door in doors,
        )
        for decision in made
        for what, one in kinds.items()
    ]  # fmt: skip


def _figures(row: Round) -> list[tuple[Any, Any, str]]:
    """The figures that count in this round, with their titles and units."""
    values = queries.values_of(row)
    return [(declared_named(name).title, grouped(value), declared_named(name).unit) for name, value in values.items()]


def _story(row: Round) -> list[Any]:
    return story(timeline(ref_of(row)))


@permission(sets_up_rounds)
def phases(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Date the phases of a round."""
    row, actor = found(request, pk, sets_up_rounds), actor_of(request)
    shown = queries.phases_of(row)
    forms = [PhaseForm(sent(request), phase=phase) for phase in shown]
    if request.method == "POST" and all(form.is_valid() for form in forms) and _dated(forms, actor):
        return redirect("rounds:round", row.pk)
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "rounds/phases.html", {"round": row, "forms": forms}, status=status)


def _dated(forms: list[PhaseForm], actor: Any) -> bool:
    for form in forms:
        values = form.cleaned_data
        if (form.phase.opens_at, form.phase.closes_at) == (values["opens_at"], values["closes_at"]):
            continue
        try:
            date_phase(form.phase, **values, actor=actor)
        except Refusal as refusal:
            explain(form, refusal)
            return False
    return True


@permission(sets_up_rounds)
def new_round(request: HttpRequest) -> HttpResponse:
    """Set a round up."""
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    programmes = queries.programmes_visible_to(actor).filter(place__in=actor.reach(*SETTERS).places)
    if not programmes.exists():
        return redirect("rounds:new_programme")
    rounds = queries.rounds_visible_to(actor).order_by("-year", "-number")
    form = NewRoundForm(sent(request), programmes=programmes.select_related("place"), rounds=rounds)
    made: list[Round] = []
    shown = {
        "title": _("Set up a round"), "press": _("Set up a round"), "draft": "round-new", "crumb": _("Rounds")
    }  # fmt: skip
    answer = act(
        request,
        form,
        lambda data: made.append(set_up_round(data.pop("programme"), **data, actor=actor)),
        back=reverse("rounds:rounds"),
        done=_("The round stands. Now date its phases, then open it."),
        **shown,
    )
    return redirect("rounds:phases", made[0].pk) if made else answer


@permission(sets_up_rounds)
def new_programme(request: HttpRequest) -> HttpResponse:
    """Found a programme."""
    actor = actor_of(request)
    assert actor is not None  # every door here is closed to strangers
    rows = Place.objects.filter(pk__in=actor.reach(*SETTERS).places, level__in=(Level.STREET, Level.DISTRICT))
    form = ProgrammeForm(sent(request), places=rows)
    lead = _("A programme runs for years; each year has its rounds.")
    return act(
        request,
        form,
        lambda data: found_programme(**data, actor=actor),
        back=reverse("rounds:new"),
        done=_("The programme stands. Now set up its first round."),
        title=_("Found a programme"),
        lead=lead,
        press=_("Found"),
        crumb=_("Rounds"),
        up=reverse("rounds:rounds"),
    )


@permission(sets_up_rounds)
def words(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The dictionaries of a programme; a word more, a word less."""
    actor = actor_of(request)
    programme: Programme = get_object_or_404(queries.programmes_visible_to(actor), pk=pk)
    require(sets_up_rounds, actor, programme)
    if request.method == "POST" and "end" in request.POST:
        word = get_object_or_404(ProgrammeWord, programme=programme, pk=request.POST["end"])
        end_word(word, actor=actor)
        return redirect("rounds:words", programme.pk)
    form = WordForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            add_word(programme, **form.cleaned_data, actor=actor)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            return redirect("rounds:words", programme.pk)
    context = {"programme": programme, "form": form, "words": programme.words.filter(is_used=True)}
    return render(request, "rounds/words.html", context, status=422 if form.errors else 200)
