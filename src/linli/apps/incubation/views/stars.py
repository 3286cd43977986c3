"""Doors of the stars of a year: the rounds of a street, one round with its steps, what everybody reads."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.incubation import forms, queries, services
from linli.apps.incubation.models import StarRound
from linli.apps.incubation.permissions import KEEPERS, gives_pages, keeps_pages, reads_months, speaks_pages
from linli.apps.incubation.views.acting import Doing, act, found, frame_of
from linli.apps.places.models import Level, Place
from linli.kernel.audit import timeline
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, everyone, permission, signed_in
from linli.kernel.scope.roles import STAFF
from linli.kernel.ui.acting import me, story


def _by(verb: Any) -> Any:
    """A verb that takes what the form names."""
    return lambda row, data, actor: verb(row, actor=actor, **data)


DOINGS: dict[str, Doing] = {
    "report": Doing(
        forms.ReportForm, gives_pages, _by(services.open_report), _("Open the report of the year"),
        _("The review is opened. Its judges and times are set in it."),
        _("Every organization of the round is entered. It reports on the year and is rated."),
    ),
    "reckon": Doing(
        forms.PressForm, keeps_pages, _by(services.reckon), _("Reckon the stars"), _("The stars are reckoned."),
        _("From the settled months and the review, by the formula of this round."),
    ),
    "show": Doing(
        forms.PressForm, keeps_pages, _by(services.show_stars), _("Show to the organizations"),
        _("The organizations were told."), _("They may object within the days of the setting."),
    ),
    "take_back": Doing(
        forms.ReasonForm, keeps_pages, _by(services.take_stars_back), _("Reckon again"),
        _("The stars are a draft again."), _("A public notice that hangs is withdrawn on its own page."),
    ),
    "notice": Doing(
        forms.StarNoticeForm, gives_pages, _by(services.notice_stars), _("Give public notice"),
        _("The notice waits for its check."),
        _("Organizations with stars stand in it. It is checked and signed off by others."),
    ),
    "give": Doing(
        forms.PressForm, gives_pages, _by(services.give_stars), _("Give the stars"), _("The stars are given."),
        _("They hold for a year, and are a factor of next year's support."),
    ),
}  # fmt: skip
IN_STATE = {
    "drafted": ("report", "reckon", "show"), "shown": ("notice", "take_back"), "noticed": ("give", "take_back"),
    "final": (),
}  # fmt: skip
OBJECT = Doing(
    forms.TextForm, speaks_pages, _by(services.object_to_stars), _("Object to the stars"), _("The objection is in.")
)
ANSWER = Doing(
    forms.AnswerForm, keeps_pages, _by(services.answer_star_objection), _("Answer the objection"),
    _("The objection is answered."), _("Upheld, take the stars back and reckon them again."),
)  # fmt: skip


def _page(pk: UUID) -> str:
    return reverse("incubation:stars", args=[pk])


def _seen(request: HttpRequest) -> Any:
    return queries.rounds_visible_to(me(request)).select_related("street", "notice", "session")


def _verbs(row: StarRound, actor: Actor) -> list[tuple[str, Any]]:
    names = [name for name in IN_STATE[row.state] if name != "report" or row.session_id is None]
    return [(name, DOINGS[name].title) for name in names if DOINGS[name].may(actor, row)]


@permission(reads_months)
@require_safe
def star_rounds(request: HttpRequest) -> HttpResponse:
    """The years whose stars were opened, the latest first."""
    actor = me(request)
    context = {"rows": _seen(request), "may_keep": keeps_pages(actor, None), "frame": frame_of(request)}
    return render(request, "incubation/star_rounds.html", context)


@permission(keeps_pages)
def open_stars(request: HttpRequest) -> HttpResponse:
    """Open the stars of a year of one's street."""
    streets = Place.objects.filter(pk__in=me(request).reach(*KEEPERS).places, level=Level.STREET).order_by("name")
    form = forms.StarsForm(request.POST if request.method == "POST" else None, streets=streets)
    doing = Doing(
        forms.StarsForm, keeps_pages, lambda _row, data, actor: services.open_stars(actor=actor, **data),
        _("Open the stars of a year"), _("The stars of the year are opened."),
        _("The formula is taken from the settings as they stand, and stays with this round."),
    )  # fmt: skip
    return act(request, doing, form, None, back=reverse("incubation:star_rounds"), crumb=str(_("Stars")))


@permission(reads_months)
@require_safe
def stars(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round: formula, ratings with every step, objections, what comes next."""
    actor = me(request)
    row: StarRound = found(request, _seen(request), pk)
    seen = queries.ratings_visible_to(actor).filter(round=row).select_related("organization__place", "round")
    ratings = list(seen.prefetch_related("objections"))
    grades = queries.grades_of([one.organization_id for one in ratings], timezone.localdate())
    staff = bool(actor.roles() & STAFF)
    may_object = row.state == "shown"
    context = {
        "round": row,
        "rows": [
            (one, grades.get(one.organization_id, ""), may_object and speaks_pages(actor, one)) for one in ratings
        ],
        "verbs": _verbs(row, actor),
        "may_keep": keeps_pages(actor, row),
        "staff": staff,
        "story": story(timeline(ref_of(row))) if staff else (),
        "frame": frame_of(request),
    }
    return render(request, "incubation/stars.html", context)


@permission(signed_in)
def do_stars(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Show the form of a verb on a round, and do it."""
    doing = DOINGS.get(verb)
    if doing is None:
        raise Http404
    row = found(request, _seen(request), pk, doing.may)
    form = doing.form(request.POST if request.method == "POST" else None)
    return act(request, doing, form, row, back=_page(row.pk), crumb=str(row))


@permission(signed_in)
def object_stars(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Object to a rating."""
    rows = queries.ratings_visible_to(me(request)).select_related("organization", "round")
    row = found(request, rows, pk, speaks_pages)
    form = forms.TextForm(request.POST if request.method == "POST" else None)
    return act(request, OBJECT, form, row, back=_page(row.round_id), crumb=str(row))


@permission(signed_in)
def answer_stars(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer an objection to a rating."""
    rows = queries.star_objections_visible_to(me(request)).select_related("rating__round", "rating__organization")
    row = found(request, rows, pk, keeps_pages)
    form = forms.AnswerForm(request.POST if request.method == "POST" else None)
    return act(request, ANSWER, form, row, back=_page(row.rating.round_id), crumb=str(row.rating))


@permission(everyone)
@require_safe
def public_stars(request: HttpRequest) -> HttpResponse:
    """The formula and the results of every year whose stars were given; organizations only."""
    rounds = list(queries.given_rounds())
    asked = request.GET.get("year", "")
    shown = [one for one in rounds if str(one.year) == asked] or rounds[:1]
    year = shown[0].year if shown else None
    context = {
        "shown": [(one, one.ratings.filter(stars__gt=0).select_related("organization__place")) for one in shown],
        "years": sorted({one.year for one in rounds}, reverse=True),
        "year": year,
    }
    return render(request, "incubation/public_stars.html", context)
