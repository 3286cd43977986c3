"""Doors of the desk: the list of notices, one notice with its way, its objections, its pictures, its conclusion."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.places.models import Place
from linli.apps.publicity import queries, services
from linli.apps.publicity.forms import AmendForm, AnswerForm, HeardForm, NewNoticeForm, PhotoForm
from linli.apps.publicity.models import Consequence, NoticeStage, Objection, PublicNotice, Way
from linli.apps.publicity.permissions import answers_objections, concludes, reads_notices, writes_notices
from linli.kernel.audit import timeline
from linli.kernel.contributions import page_parts
from linli.kernel.errors import NotAllowed
from linli.kernel.files import files_of
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import permission
from linli.kernel.ui.acting import act, me, press, story
from linli.kernel.ui.lists import Column, Filter, ListPage
from linli.kernel.ui.publications import standing

COLUMNS = (
    Column("title", _("Title")),
    Column("place", _("Place")),
    Column("state", _("State")),
    Column("closes", _("On display until")),
    Column("objections", _("Objections"), numeric=True),
    Column("drawn_up_at", _("Drawn up on"), sort="drawn_up_at"),
)
NOT_YOURS = _("Only those who write notices for this place do this.")


@permission(reads_notices)
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The notices of the places where I work."""
    actor = me(request)
    rows = queries.with_counts(queries.visible_to(actor)).select_related("place__street")
    kinds = [(kind.code, kind.title) for kind in queries.notice_kinds().values()]
    filters = (Filter("stage", _("Stage"), NoticeStage.choices), Filter("kind", _("Kind"), kinds))
    page = ListPage(request, rows, columns=COLUMNS, filters=filters, first_sort="-drawn_up_at")
    now = timezone.now()
    for row in page.rows:
        row.ended = row.is_over(now)
    return render(request, "publicity/desk_notices.html", {"page": page})


def found(request: HttpRequest, pk: UUID, may: Any = None) -> PublicNotice:
    """The notice of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    row: PublicNotice = get_object_or_404(queries.visible_to(actor).select_related("place__street"), pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(reads_notices)
@require_safe
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice: where it stands, what it says, what was objected, the pictures, what I may do."""
    row, actor = found(request, pk), me(request)
    entries = list(timeline(ref_of(row)))
    named = resolve([row.subject, row.grounds], actor=actor)
    now = timezone.now()
    pictures = {stored.pk: stored for stored in files_of(ref_of(row))}
    photos = [(photo, pictures.get(photo.file_id)) for photo in row.photos.select_related("place")]
    context = {
        "notice": row,
        "lines": row.lines.all(),
        "total": queries.line_total(row),
        "standing": standing(row, actor=actor, entries=entries),
        "subject": named.get(row.subject),
        "grounds": named.get(row.grounds),
        "objections": row.objections.all() if _sees_objections(actor, row) else None,
        "photos": photos,
        "ended": row.is_over(now),
        "may_write": writes_notices(actor, row) and row.stage != NoticeStage.CLOSED,
        "may_answer": answers_objections(actor, row),
        "parts": page_parts("publicity.notice", actor=actor, record=row),
        "story": story(entries),
    }
    return render(request, "publicity/desk_notice.html", context)


def _sees_objections(actor: Any, row: PublicNotice) -> bool:
    return bool(writes_notices(actor, row) or answers_objections(actor, row))


def _page(row: PublicNotice) -> str:
    return reverse("publicity:desk_notice", args=[row.pk])


@permission(writes_notices)
def new(request: HttpRequest) -> HttpResponse:
    """Draw a notice up about a record: its page leads here with ``?subject=…&grounds=…``."""
    actor = me(request)
    asked = request.POST if request.method == "POST" else request.GET
    subject, grounds = _known(asked.get("subject"), actor), _known(asked.get("grounds"), actor)
    places = queries.writable_places(actor)
    first = {
        "subject": subject, "grounds": grounds, "kind": asked.get("kind"), "place": asked.get("place"),
        "title": asked.get("title"),
    }  # fmt: skip
    form = NewNoticeForm(request.POST or None, places=places, initial=first)

    def do(data: dict[str, Any]) -> str:
        row = services.draw_up(
            subject=subject, grounds=grounds, kind=data["kind"], text=form.text(), place=data["place"],
            lines=data["lines"], days=data["days"], actor=actor,
        )  # fmt: skip
        return _page(row)

    return act(
        request,
        form,
        do,
        back=reverse("publicity:desk_notices"),
        done=_("The draft is saved. Submit it when it is complete."),
        title=_("Draw up a notice"),
        lead=_("A second person checks it, a third signs it off; then its period begins."),
        press=_("Save the draft"),
        crumb=_("Public notices"),
    )


def _known(text: str | None, actor: Any) -> Ref:
    """A record the actor may see. Raises 404 for anything else."""
    try:
        ref = Ref.parse(text or "")
        seen = resolve([ref], actor=actor)
    except (ValueError, LookupError) as error:
        raise Http404 from error
    if ref not in seen:
        raise Http404
    return ref


@permission(writes_notices)
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put a notice right."""
    row = found(request, pk, writes_notices)
    form = AmendForm.of(row, request.POST or None)
    return act(
        request,
        form,
        lambda data: services.amend(
            row, text=form.text(), lines=data["lines"], version=data["version"], actor=me(request)
        ),
        back=_page(row),
        done=_("Saved."),
        title=_("Put the notice right"),
        lead=_("What was checked is checked anew. A notice on display is taken down, and its period begins anew."),
        press=_("Save"),
        crumb=row.title,
    )


@permission(reads_notices)
@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Conclude a notice."""
    row = found(request, pk, concludes)
    return press(
        request,
        lambda: services.close(row, actor=me(request)),
        back=_page(row),
        done=_("The notice is concluded. Its report can be printed."),
    )


@permission(reads_notices)
def heard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter an objection that was told to the office."""
    row = found(request, pk, _sees_objections)

    def do(data: dict[str, Any]) -> None:
        services.object_to(
            row, text=data["text"], name=data["name"], phone=data["phone"], way=Way.DESK,
            received_at=_moment(data["received_on"]), actor=me(request),
        )  # fmt: skip

    return act(
        request,
        HeardForm(request.POST or None),
        do,
        back=_page(row),
        done=_("The objection is entered."),
        title=_("Enter an objection"),
        lead=_("Told at the counter, by telephone or by letter. A name is given freely."),
        press=_("Enter the objection"),
        crumb=row.title,
    )


def _moment(day: Any) -> datetime:
    """Now where the day is today, else its noon."""
    now = timezone.now()
    if day == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(day, time(12)))


@permission(answers_objections)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer an objection."""
    rows = queries.objections_visible_to(me(request)).select_related("notice__place")
    row: Objection = get_object_or_404(rows, pk=pk)
    if not answers_objections(me(request), row):
        raise NotAllowed(NOT_YOURS)
    return act(
        request,
        AnswerForm(request.POST or None),
        lambda data: services.answer_objection(
            row, consequence=Consequence(data["consequence"]), answer=data["answer"], actor=me(request)
        ),
        back=f"{_page(row.notice)}#objections",
        done=_("The objection is answered."),
        title=_("Answer an objection"),
        lead=row.text,
        press=_("Answer"),
        crumb=row.notice.title,
    )


@permission(reads_notices)
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a picture of the board."""
    row = found(request, pk, concludes)
    places = Place.objects.filter(paths_up__ancestor=row.place_id, valid_to__isnull=True)
    places = places.exclude(level__in=("grid", "point")).order_by("code")
    form = PhotoForm(request.POST or None, request.FILES or None, places=places)
    return act(
        request,
        form,
        lambda data: services.add_photo(row, actor=me(request), **data) and None,
        back=_page(row),
        done=_("The picture is kept."),
        title=_("Keep a picture of the board"),
        lead=_("One at the beginning, one at the end: the report names them."),
        press=_("Keep"),
        crumb=row.title,
    )
