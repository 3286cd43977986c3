"""Doors of those who walk and of those who read along: findings of a round, lines of a group."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from linli.apps.needs import services
from linli.apps.needs.forms.walking import FindingForm, PasteForm, listed
from linli.apps.needs.kinds import ChatLine, read_chat
from linli.apps.needs.models import Channel
from linli.apps.needs.permissions import enters_pages
from linli.apps.needs.services import ContactText, Entry
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import explain, me
from linli.kernel.ui.once import FIELD, LONGEST

BY_PHONE = "X-Kept"
"""The header by which the page says that it sends what it kept on the phone."""


@permission(enters_pages)
@never_cache
def walk(request: HttpRequest) -> HttpResponse:
    """A round or a visit: the checklist, and a form for what is found. Without network it waits on the phone."""
    kept = BY_PHONE in request.headers
    form = FindingForm(request.POST or None, request.FILES or None, actor=me(request))
    if request.method == "POST" and form.is_valid():
        try:
            received = services.enter(form.entry(), actor=me(request), at=form.found())
        except Refusal as refusal:
            explain(form, refusal)
        else:
            if kept:
                return JsonResponse({"number": received.need.number})
            messages.success(request, _("Need %(number)s") % {"number": received.need.number})
            return redirect("needs:walk")
    if kept:
        wrong = " ".join(str(one) for errors in form.errors.values() for one in errors)
        return JsonResponse({"detail": wrong}, status=422)
    context = {"form": form, "asks": _asks(form)}
    return render(request, "needs/walk.html", context, status=422 if form.errors else 200)


def _asks(form: FindingForm) -> dict[str, Any]:
    """The checklists of the street."""
    names = {"whom": "needs.visit_whom", "what": "needs.visit_asks", "when": "needs.patrol_times"}
    return {key: listed(name, form.street) for key, name in names.items()}


@permission(enters_pages)
@never_cache
def chat(request: HttpRequest) -> HttpResponse:
    """Paste messages of a group; choose among the drafts; enter those that are needs."""
    form = PasteForm(request.POST or None, actor=me(request))
    lines: list[ChatLine] = []
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_chat(form.cleaned_data["text"])
            if "take" in request.POST:
                count = _take(request, form, lines)
                told = ngettext("%(count)d need was entered.", "%(count)d needs were entered.", count)
                messages.success(request, told % {"count": count})
                return redirect("needs:chat")
        except Refusal as refusal:
            explain(form, refusal)
    context = {"form": form, "lines": list(enumerate(lines)), "pasted_by": request.POST.get(FIELD, "")[:LONGEST]}
    return render(request, "needs/chat.html", context, status=422 if form.errors else 200)


def _take(request: HttpRequest, form: PasteForm, lines: list[ChatLine]) -> int:
    """Enter the chosen drafts, as they were put right. Raises Refusal where none was chosen."""
    chosen = [number for number in range(len(lines)) if request.POST.get(f"take_{number}")]
    if not chosen:
        raise Refusal(_("Choose at least one line."))
    for number in chosen:
        text = request.POST.get(f"text_{number}", "")[:2000].strip() or lines[number].text
        contact = ContactText(name=lines[number].who) if lines[number].who else None
        entry = Entry(form.cleaned_data["place"], text, Channel.CHAT, {"contact": contact})
        services.enter(entry, actor=me(request))
    return len(chosen)
