"""Doors of the desk for what somebody says: heard, read back, saved, and the slip to take home."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.apps.needs import queries, services
from linli.apps.needs.forms.entering import EntryForm, own_place
from linli.apps.needs.forms.reporting import pointed_on
from linli.apps.needs.kinds import belongs_elsewhere, dangers_in
from linli.apps.needs.models import Channel
from linli.apps.needs.permissions import enters_pages
from linli.apps.needs.tables.receipts import receipt
from linli.kernel.errors import Missing, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, explain, me, paper
from linli.kernel.ui.once import FIELD, LONGEST


@permission(enters_pages)
@never_cache
def enter(request: HttpRequest) -> HttpResponse:
    """Hear, look up, read back, save: three buttons of one form."""
    actor = me(request)
    if request.method != "POST":
        channel = request.GET.get("channel", Channel.WINDOW)
        first = {"channel": channel, "place": own_place(actor)}
        return _page(request, EntryForm(initial=first, actor=actor))
    if "look" in request.POST or "take" in request.POST:
        return _page(request, EntryForm(initial=_typed(request), actor=actor), looked=True)
    form = EntryForm(request.POST, request.FILES, actor=actor)
    if not form.is_valid():
        return _page(request, form, looked=True, status=422)
    if "save" not in request.POST:
        return _page(request, form, read_back=True)
    try:
        same = form.same(queries.open_around(form.cleaned_data["place"], actor))
        received = services.enter(form.entry(same), actor=actor)
    except Refusal as refusal:
        explain(form, refusal)
        return _page(request, form, looked=True, status=422)
    return redirect("needs:entered", services.pass_for(received.need, code=received.code))


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What stands in the form, kept while something is looked up."""
    typed: dict[str, Any] = request.POST.dict()
    for name in ("is_elder", "has_no_smartphone", "consented"):
        typed[name] = typed.get(name) in ("on", "True")
    if request.POST.get("take"):
        typed["category"] = request.POST["take"]
    elif not typed.get("category") and (found := services.suggest_category(typed.get("matter", ""))) and found.sure:
        typed["category"] = str(found.category.pk)
    return typed


def _page(
    request: HttpRequest, form: EntryForm, *, looked: bool = False, read_back: bool = False, status: int = 200
) -> HttpResponse:
    text = str(form["matter"].value() or "")
    context: dict[str, Any] = {
        "form": form, "read_back": read_back, "dangers": dangers_in(text), "away": belongs_elsewhere(text),
        "told_by_staff": True, "ground": pointed_on(form), "typed_by": request.POST.get(FIELD, "")[:LONGEST],
    }  # fmt: skip
    if not form["category"].value():
        context["suggestion"] = services.suggest_category(text)
    if looked or read_back:
        context |= _around(request, form)
    return render(request, "needs/enter.html", context, status=status)


def _around(request: HttpRequest, form: EntryForm) -> dict[str, Any]:
    """The caller's earlier needs, and what is open at the place."""
    place = form.fields["place"].queryset.filter(pk=form["place"].value() or None).first()  # type: ignore[attr-defined]  # as above
    history = queries.history_of(str(form["phone"].value() or ""), me(request))
    around = list(queries.open_around(place, me(request))[: queries.SHOWN]) if place else []
    return {"history": history, "around": around, "looked": True}


@permission(enters_pages)
@never_cache
@require_safe
def entered(request: HttpRequest, token: str) -> HttpResponse:
    """What to tell the resident, and the slip to print; for an hour."""
    try:
        need, code = services.by_pass(token)
    except Missing:
        return redirect("needs:enter")
    context = {"need": need, "told": queries.told(need), "code": services.shown(code), "token": token}
    return render(request, "needs/entered.html", context)


@permission(enters_pages)
@never_cache
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponseBase:
    """The slip as PDF."""
    try:
        need, code = services.by_pass(token)
    except Missing:
        return redirect("needs:enter")
    address = request.build_absolute_uri(reverse("needs:follow")).replace("/follow/", "/f/")
    content = receipt(queries.told(need), code=code, address=address, phone=settings.LINLI_HOTLINE)
    return paper(content, f"回执 {need.number}.pdf", PDF)
