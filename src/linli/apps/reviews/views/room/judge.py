"""The judge's phone: the promise, the current entry with its papers, the own sheet, the ballot."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.reviews import queries, services
from linli.apps.reviews.models import Duty, Entry, EntryState, Mode, ScoreSheet, SessionState
from linli.apps.reviews.queries.timetable_papers import ICS, calendar_of, slots_of, stamp_of
from linli.apps.reviews.views.room import boards
from linli.apps.reviews.views.room.access import Room, seated
from linli.apps.reviews.views.room.forms import BallotForm, DeclareForm, SheetForm
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile, opened
from linli.kernel.ui import acting
from linli.kernel.ui.acting import explain, press
from linli.kernel.ui.pages.files import PDF, PDF_VIEW, SHUT_IN, is_shown_inline


def wants_json(request: HttpRequest) -> bool:
    """Whether a script delivers the sheet; a plain form gets pages."""
    return request.headers.get("Accept", "") == "application/json"


def desk(request: HttpRequest, room: Room) -> HttpResponse:
    """The judge's page: the current entry, or what to do until one is called."""
    if not has_promised(room):
        return render(request, "reviews/room/promise.html", {"room": room, "promise": services.PROMISE})
    if room.session.mode == Mode.VOTE:
        return _ballot_page(request, room)
    entry = room.panel.current
    if entry is None:
        return render(request, "reviews/room/waiting.html", _around(room))
    return _sheet_page(request, room, entry)


def has_promised(room: Room) -> bool:
    """Whether the judge of this seat has signed."""
    return hasattr(room.seat, "promise")


def _around(room: Room) -> dict[str, Any]:
    own = boards.own_marks(room)
    return {
        "room": room,
        **boards.live(room, at=timezone.now()),
        "own": own,
        "timed": any(hasattr(one["entry"], "slot") for one in own),
        "preparing": room.session.state == SessionState.PREPARING,
    }


def _entry(room: Room, pk: UUID) -> Entry:
    rows = Entry.objects.filter(panel=room.panel).select_related("session__rubric", "panel")
    return get_object_or_404(rows.exclude(state=EntryState.WITHDRAWN), pk=pk)


@seated(Duty.JUDGE)
@require_safe
def calendar(request: HttpRequest, room: Room) -> HttpResponseBase:
    """The judge's own times for a calendar, without the entries the judge is recused from."""
    slots = slots_of(room.session, seat=room.seat)
    content = calendar_of(slots, name=f"{room.session.title} {room.panel.name}", stamp=stamp_of(room.session))
    return acting.paper(content, f"{room.session.title}.ics", ICS)


@seated(Duty.JUDGE)
def entry(request: HttpRequest, room: Room, pk: UUID) -> HttpResponse:
    """One entry's sheet: written, handed in, levelled again until it is collected; then read."""
    row = _entry(room, pk)
    if not has_promised(room) or room.session.mode == Mode.VOTE:
        return redirect(room.address)
    if request.method == "POST":
        return _hand_in(request, room, row)
    return _sheet_page(request, room, row)


def _sheet_page(
    request: HttpRequest, room: Room, row: Entry, form: SheetForm | None = None, *, refused: bool = False
) -> HttpResponse:
    row.session, row.panel = room.session, room.panel
    recusal = boards.recusal_of(room.seat, row)
    sheet = ScoreSheet.objects.filter(entry=row, seat=room.seat).first()
    shown = {
        **_around(room),
        "row": row,
        "recusal": recusal,
        "sheet": sheet,
        "form": None if recusal else form or SheetForm(session=room.session, sheet=sheet),
        "is_open": row.state == EntryState.SCORING and room.session.state == SessionState.RUNNING,
        "is_collected": row.state in (EntryState.COLLECTED, EntryState.REVEALED),
        "papers": [] if recusal else _papers(room, row),
        "declare": DeclareForm() if not recusal else None,
        "key": uuid4(),
    }
    return render(request, "reviews/room/sheet.html", shown, status=422 if refused else 200)


def _papers(room: Room, row: Entry) -> list[StoredFile]:
    try:
        return list(queries.papers_for(room.seat, row))
    except Refusal:
        return []


def _hand_in(request: HttpRequest, room: Room, row: Entry) -> HttpResponse:
    form = SheetForm(request.POST, session=room.session)
    if form.is_valid():
        try:
            sheet = services.hand_in(
                row, seat=room.seat, given=form.said, actor=room.actor, key=_key(request.POST.get("key", ""))
            )
        except Refusal as refusal:
            if wants_json(request):
                raise
            explain(form, refusal)
        else:
            return _taken(request, room, row, sheet)
    if wants_json(request):
        raise Refusal(str(next(iter(form.errors.values()))[0]), code="bad-sheet")
    return _sheet_page(request, room, row, form, refused=True)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _taken(request: HttpRequest, room: Room, row: Entry, sheet: ScoreSheet) -> HttpResponse:
    sentence = _("Handed in. You may change it until the sheets are collected.")
    if wants_json(request):
        return JsonResponse({"sentence": sentence, "total": str(sheet.total or ""), "version": sheet.version})
    messages.success(request, sentence)
    return redirect("reviews:room_entry", code=room.session.code, pk=row.pk)


@require_POST
@seated(Duty.JUDGE)
def draft(request: HttpRequest, room: Room, pk: UUID) -> HttpResponse:
    """Keep a sheet in writing, so that another phone can go on with it."""
    form = SheetForm(request.POST, session=room.session)
    for field in form.fields.values():
        field.required = False
    if not form.is_valid():
        raise Refusal(str(next(iter(form.errors.values()))[0]), code="bad-sheet")
    services.save_sheet(_entry(room, pk), seat=room.seat, given=form.said, actor=room.actor)
    return JsonResponse({"sentence": _("Kept")})


@require_POST
@seated(Duty.JUDGE)
def correct(request: HttpRequest, room: Room, pk: UUID) -> HttpResponse:
    """Ask for other marks after the sheets were collected; the supervisor decides."""
    row = _entry(room, pk)
    sheet = get_object_or_404(ScoreSheet.objects.select_related("entry__session", "seat"), entry=row, seat=room.seat)
    form = SheetForm(request.POST, session=room.session)
    if form.is_valid():
        try:
            services.ask_correction(sheet, given=form.said, reason=request.POST.get("reason", ""), actor=room.actor)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, _("Asked. The supervisor decides; until then your sheet stands."))
            return redirect("reviews:room_entry", code=room.session.code, pk=row.pk)
    return _sheet_page(request, room, row, form, refused=True)


@require_POST
@seated(Duty.JUDGE)
def promise(request: HttpRequest, room: Room) -> HttpResponse:
    """The judge signs: from now on the papers open."""
    return press(
        request,
        lambda: services.sign_promise(room.seat, actor=room.actor),
        back=room.address,
        done=_("Signed. The papers are open."),
    )


@require_POST
@seated(Duty.JUDGE)
def declare(request: HttpRequest, room: Room, pk: UUID) -> HttpResponse:
    """The judge says that something ties him to the entry; the organizer decides."""
    form = DeclareForm(request.POST)
    row = _entry(room, pk)

    def do() -> None:
        if not form.is_valid():
            raise Refusal(_("Say in a sentence what ties you to it."))
        services.declare_recusal(room.seat, entry=row, actor=room.actor, **form.cleaned_data)

    back = f"/room/{room.session.code}/entries/{row.pk}/"
    return press(request, do, back=back, done=_("Told to the organizer, who decides."))


@require_safe
@seated(Duty.JUDGE)
def paper(request: HttpRequest, room: Room, pk: UUID) -> HttpResponseBase:
    """One paper of an entry this judge may read now."""
    stored = StoredFile.objects.filter(pk=pk, owner_kind="reviews.entry").first()
    row = Entry.objects.filter(pk=stored.owner_id, panel=room.panel).first() if stored else None
    if stored is None or row is None:
        raise Http404
    row.session = room.session
    queries.papers_for(room.seat, row)
    inline = is_shown_inline(stored)
    media = "application/octet-stream" if stored.content_type.startswith("text/") else stored.content_type
    response = FileResponse(opened(stored), as_attachment=not inline, filename=stored.name, content_type=media)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = PDF_VIEW if inline and stored.content_type == PDF else SHUT_IN
    return response


def _ballot_page(request: HttpRequest, room: Room) -> HttpResponse:
    panel = room.panel
    mine = panel.ballots.filter(seat=room.seat, number=panel.ballot).first()
    up = queries.votable(panel, room.seat)
    shown = {
        **_around(room),
        "up": up,
        "form": BallotForm(up=up),
        "most": queries.picks_allowed(panel) if room.session.vote_kind == "picks" else 0,
        "voted": mine,
        "picked": list(mine.picks.filter(yes=True).select_related("entry")) if mine else [],
    }
    return render(request, "reviews/room/ballot.html", shown)


@require_POST
@seated(Duty.JUDGE)
def ballot(request: HttpRequest, room: Room) -> HttpResponse:
    """The judge's ballot, once."""
    up = queries.votable(room.panel, room.seat)
    form = BallotForm(request.POST, up=up)

    def do() -> None:
        if not form.is_valid():
            raise Refusal(_("One of these entries is not up for this ballot."), code="not-votable")
        wanted = set(form.cleaned_data["yes"])
        yes = [one for one in up if str(one.pk) in wanted]
        services.cast(room.panel, seat=room.seat, yes=yes, actor=room.actor)

    return press(request, do, back=room.address, done=_("Your ballot is in."))
