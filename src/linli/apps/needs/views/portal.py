"""What residents do: say what it is about, see that it arrived, follow it, rate it. No account is needed."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.needs import kinds, queries, services
from linli.apps.needs.forms.reporting import CodeForm, RatingForm, ReportForm, TailForm, pointed_on
from linli.apps.needs.models import Channel, Need, Via
from linli.apps.needs.services.reporting import Report
from linli.apps.places.models import Place
from linli.apps.places.queries import chosen_community, open_communities
from linli.kernel import slips
from linli.kernel.errors import Conflict, Missing, Refusal, TooMany
from linli.kernel.files import opened
from linli.kernel.scope import everyone, permission
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.acting import explain
from linli.kernel.ui.rates import knock

MANY = _("Many messages came from your network just now. Please send it again in ten minutes.")
TRIES = _("Five tries were made for this number today. Use the eight characters, try tomorrow, or call the hotline.")
CODES = _("Too many wrong codes came from your network. Wait ten minutes, or ask at the counter of your community.")
SENT_ALREADY = _("You sent this just now. It has its number; there is no need to send it again.")
DAY = 24 * 60
JUST_SENT, JUST = "linli-just-sent", 3600
"""The cookie by which going back and sending once more gives one need; how long it lasts, in seconds."""
SUGGESTION = "suggestion"


def _origin(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _place(key: str) -> Place | None:
    try:
        return open_communities(timezone.localdate()).filter(pk=UUID(key)).first()
    except ValueError:
        return None


def _community(request: HttpRequest) -> Any:
    """The community of ``?at=``, as codes on a wall name it, or just chosen on the page; else the reader's own."""
    return _place(request.GET.get("at", "") or request.GET.get("place", "")) or chosen_community(
        request.COOKIES, actor_of(request), timezone.localdate()
    )


@permission(everyone)
@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """One page: words or voice, photos, place, telephone."""
    begun = request.method == "POST" and "say" in request.POST  # from the front page: nothing is sent yet
    first = {"matter": request.POST.get("say", "")[:5000], "kind": request.GET.get("kind", "")[:20]}
    if request.method != "POST" or begun:
        return _page(request, ReportForm(initial=first, community=_community(request)))
    form = ReportForm(request.POST, request.FILES, community=_community(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    away = _away(form)
    if away:
        services.count_elsewhere(away[0].code, street=form.where().street or form.where())
        return _page(request, form, away=away)
    said = _said(form)
    if not request.FILES and (token := _sent_before(request, said)):
        messages.info(request, SENT_ALREADY)
        return redirect("needs:look", token)
    try:
        knock("needs.report", _origin(request), limit=60, minutes=10, sentence=MANY)
        received = _sent(request, form)
    except Refusal as refusal:
        explain(form, refusal)
        return _page(request, form, status=422)
    token = services.pass_for(received.need, code=received.code)
    response = redirect("needs:look", token)
    response.set_signed_cookie(
        JUST_SENT, f"{said}:{token}", max_age=JUST, httponly=True, samesite="Lax", secure=request.is_secure(),
        path=request.path,
    )  # fmt: skip
    return response


def _said(form: ReportForm) -> str:
    """A print of what was typed, by which the same form sent once more is known."""
    typed = [f"{name}={form[name].value() or ''}" for name in form.fields if name not in ("photos", "voice")]
    return hashlib.sha256("\n".join(typed).encode()).hexdigest()


def _sent_before(request: HttpRequest, said: str) -> str:
    """The page of what this very browser sent with the same words within the hour, "" when it did not."""
    before, _colon, token = str(request.get_signed_cookie(JUST_SENT, default="", max_age=JUST)).partition(":")
    return token if before == said else ""


def _away(form: ReportForm) -> list[kinds.Elsewhere]:
    """Where the matter belongs, unless it is the street's, the resident says so, or somebody is in danger."""
    text = form.cleaned_data["matter"]
    if form.cleaned_data["ours"] or form.cleaned_data["about"] or kinds.dangers_in(text):
        return []
    return kinds.belongs_elsewhere(text)


def _sent(request: HttpRequest, form: ReportForm) -> services.Received:
    given, place = form.cleaned_data, form.where()
    more = {
        "street": place.street or place, "place": place, "contact": form.contact(), "spot": form.spotted(),
        "about": form.ref(),
    }  # fmt: skip
    channel = Channel.SUGGESTION if given["kind"] == SUGGESTION else Channel.PORTAL
    same = given["same_as"] and not given["about"]
    known = queries.neighbours_said(given["matter"], place) if same else []
    chosen = next((one.pk for one in known if one.pk == given["same_as"]), None)
    sent = Report(given["matter"], channel, more, given["photos"], given["voice"], same_as=chosen)
    return services.report(sent, actor=None)


def _page(request: HttpRequest, form: ReportForm, *, status: int = 200, **more: Any) -> HttpResponse:
    text = str(form["matter"].value() or "")
    suggests = (form["kind"].value() or "") == SUGGESTION
    context = {
        "form": form, "dangers": kinds.dangers_in(text), "suggests": suggests,
        "ground": pointed_on(form), **more,
    }  # fmt: skip
    return render(request, "needs/report.html", context, status=status)


@permission(everyone)
@require_POST
def look_at_words(request: HttpRequest) -> HttpResponse:
    """What half-typed words look like: danger, a matter for elsewhere. Nothing of it is kept."""
    text = request.POST.get("matter", "")[:20_000]
    away = [] if request.POST.get("ours") else kinds.belongs_elsewhere(text)
    place = _place(request.POST.get("place", ""))
    context = {"dangers": kinds.dangers_in(text), "away": away, "alike": queries.neighbours_said(text, place)}
    return render(request, "needs/looked.html", context)


@permission(everyone)
@never_cache
@require_safe
def look(request: HttpRequest, token: str) -> HttpResponse:
    """A need for an hour: after sending, with its code; after the telephone's end was typed, without it."""
    try:
        need, code = services.by_pass(token)
    except Missing as closed:
        messages.warning(request, str(closed))
        return redirect("needs:follow")
    return _follow_page(request, need, code=code, fresh=bool(code))


@permission(everyone)
@never_cache
def follow(request: HttpRequest) -> HttpResponse:
    """Type the code, or the number and the end of the telephone. Five tries a number and day."""
    by_tail = "number" in request.POST
    sent = request.POST if request.method == "POST" else None
    code, tail = CodeForm(None if by_tail else sent), TailForm(sent if by_tail else None)
    form = tail if by_tail else code
    if sent is not None and form.is_valid():
        try:
            return redirect(_found_by_tail(request, tail) if by_tail else _found_by_code(request, code))
        except Refusal as refusal:
            explain(form, refusal)
    context = {"code_form": code, "tail_form": tail, "by_tail": by_tail}
    return render(request, "needs/follow.html", context, status=422 if form.errors else 200)


def _found_by_tail(request: HttpRequest, form: TailForm) -> str:
    number = slips.tidy(form.cleaned_data["number"])
    knock("needs.tail", number, limit=5, minutes=DAY, sentence=TRIES)
    knock("needs.tails", _origin(request), limit=20, minutes=DAY, sentence=TRIES)
    need = services.by_tail(form.cleaned_data["number"], form.cleaned_data["digits"])
    return reverse("needs:look", args=[services.pass_for(need)])


def _found_by_code(request: HttpRequest, form: CodeForm) -> str:
    _opened(request, form.cleaned_data["code"])
    return reverse("needs:followed", args=[slips.tidy(form.cleaned_data["code"])])


def _opened(request: HttpRequest, code: str) -> Need:
    """The need of a code; wrong ones are counted. Raises Refusal."""
    try:
        return services.by_code(code)
    except Missing:
        knock("needs.code", _origin(request), limit=30, minutes=10, sentence=CODES)
        raise


@permission(everyone)
@never_cache
def followed(request: HttpRequest, code: str) -> HttpResponse:
    """My need: how far it is, who has it, the answer; and the two questions at the end."""
    try:
        need = _opened(request, code[:20])
    except TooMany as refusal:
        messages.error(request, str(refusal))
        return redirect("needs:follow")
    except Refusal as refusal:
        typed = CodeForm(initial={"code": code[:20]})
        context = {"code_form": typed, "tail_form": TailForm(), "wrong": str(refusal)}
        return render(request, "needs/follow.html", context, status=404)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            again = _rated(need, form)
        except Refusal as refusal:
            explain(form, refusal)
            if isinstance(refusal, Conflict):
                messages.error(request, LATE)
        else:
            messages.success(request, AGAIN if again else THANKS)
            return redirect("needs:followed", code)
    pictures = queries.pictures_for_the_code(need)
    return _follow_page(request, need, form=form, rates=True, pictures=pictures, code_typed=code[:20])


@permission(everyone)
@never_cache
@require_safe
def followed_photo(request: HttpRequest, code: str, pk: UUID) -> FileResponse:
    """A photo of the place before or after the work, for whoever holds the code."""
    try:
        need = _opened(request, code[:20])
    except Refusal as refusal:
        raise Http404(str(refusal)) from refusal
    photo = next((one for _stage, one in queries.pictures_for_the_code(need) if one.pk == pk), None)
    if photo is None:
        raise Http404
    return FileResponse(opened(photo.stored), content_type=photo.stored.content_type)


AGAIN = _("We take it up again. The same office follows it, and calls you.")
LATE = _("This page was older than the matter: what was sent is not kept. Here is how it stands now.")
THANKS = _("Thank you. Your words are kept with the matter.")


def _rated(need: Need, form: RatingForm) -> bool:
    """Write the verdict; whether it is taken up again."""
    given = form.cleaned_data
    times = need.reopened
    services.rate(
        need, solved=given["solved"], satisfied=given["satisfied"], reasons=given["reasons"], via=Via.CODE, actor=None
    )
    need.refresh_from_db()
    return need.reopened > times


def _follow_page(request: HttpRequest, need: Need, **more: Any) -> HttpResponse:
    told = queries.told(need)
    code = more.get("code", "")
    form: RatingForm = more.pop("form", None) or RatingForm()
    context = {
        "need": need, "told": told, "form": form, "show_code": slips.show(code) if code else "",
        "dangers": kinds.dangers_in(need.matter) if more.get("fresh") else [], **more,
    }  # fmt: skip
    return render(request, "needs/followed.html", context, status=422 if form.errors else 200)
