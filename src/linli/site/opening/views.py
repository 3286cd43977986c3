"""Doors of the first page: the code, then one step after the other; whatever is done is read from the rows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from linli.apps.people.models import User
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.scope import Role, everyone, holds, permission
from linli.kernel.ui.acting import me, press
from linli.kernel.ui.rates import knock
from linli.site.opening import queries, reading, services
from linli.site.opening.forms import AdministratorsForm, CodeForm, FaceForm, FinishForm, PlacesForm
from linli.site.opening.left import what_is_left
from linli.site.opening.models import FirstRun, Rehearsal

keeps_the_house = holds(Role.SYSTEM_ADMINISTRATOR)
CLAIM = "opening.claim"
MANY = _("Too many wrong codes from here. Wait ten minutes, or print a new one: linli setup.")
TITLES = {
    "places": _("District and streets"),
    "face": _("Name and colour"),
    "administrators": _("Three administrators"),
    "finish": _("Done"),
}
Do = Callable[[Any], Any]


@permission(everyone)
@never_cache
def first_run(request: HttpRequest) -> HttpResponse:
    """The step that waits; without the code, the question for it; in a house that is set up, the way in."""
    run = queries.first_run()
    if run is None or run.finished_at is not None:
        return redirect("account_login")
    if not run.claim or request.session.get(CLAIM) != run.claim:
        return _ask_code(request)
    return {"places": _places, "face": _face, "administrators": _administrators, "finish": _finish}[
        queries.step_of(run)
    ](request, run)


def _ask_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        knock("first-run", request.META.get("REMOTE_ADDR", ""), limit=10, minutes=10, sentence=MANY)
        try:
            claim = services.enter(form.cleaned_data["code"])
        except Refusal as refusal:
            form.add_error("code", str(refusal))
            return render(request, "opening/code.html", {"form": form})
        request.session.cycle_key()
        request.session[CLAIM] = claim
        return redirect("opening:first_run")
    return render(request, "opening/code.html", {"form": form}, status=422 if form.errors else 200)


def _step(request: HttpRequest, run: FirstRun, form: Any, do: Do, **more: Any) -> HttpResponse:
    """One step: its form, its verb, then the next. A refusal stands beside its field."""
    step = queries.step_of(run)
    if request.POST.get("step") == step and form.is_valid():
        try:
            done = do(form)
        except Conflict:
            return redirect("opening:first_run")
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return done if isinstance(done, HttpResponse) else redirect("opening:first_run")
    context = {"form": form, "step": step, "stations": _stations(step), **more}
    return render(request, f"opening/{step}.html", context, status=422 if form.errors else 200)


def _stations(step: str) -> list[dict[str, Any]]:
    now = queries.STEPS.index(step)
    states = ["done" if place < now else "now" if place == now else "to_come" for place in range(len(queries.STEPS))]
    return [
        {"name": TITLES[name], "state": state, "at": None} for name, state in zip(queries.STEPS, states, strict=True)
    ]


def _given(request: HttpRequest, step: str) -> tuple[Any, Any]:
    """What was sent for this step; nothing where another step's form came (a window left behind)."""
    return (request.POST, request.FILES) if request.POST.get("step") == step else (None, None)


def _places(request: HttpRequest, run: FirstRun) -> HttpResponse:
    form = PlacesForm(*_given(request, "places"))
    return _step(request, run, form, lambda form: _found(request, run, form))


def _found(request: HttpRequest, run: FirstRun, form: PlacesForm) -> HttpResponse | None:
    data = form.cleaned_data
    if data["file"]:
        return _shown(request, form)
    entries = reading.entries_of(
        data["places"], district=data["code"], name=data["name"], region=data["region"], day=timezone.localdate()
    )
    services.found_places(run.claim, entries=entries)
    return None


def _shown(request: HttpRequest, form: PlacesForm) -> HttpResponse:
    """The lines of the district in an uploaded list, to be looked at and shortened before anything is founded."""
    data = form.cleaned_data
    if data["file"].size > reading.LARGEST:
        raise Refusal(_("The file is larger than 40 MB. Cut it to the lines of the district."), field="file")
    head = reading.whole(data["code"])[:6]
    lines = [line for line in reading.lines_within(reading.text_of(data["file"].read()), head) if _below(line)]
    if not lines:
        raise Refusal(_("No line of this file begins with %(head)s.") % {"head": head}, field="file")
    again = PlacesForm(initial={**data, "places": "\n".join(lines), "file": None})
    context = {"form": again, "step": "places", "stations": _stations("places"), "taken_out": len(lines)}
    return render(request, "opening/places.html", context)


def _below(line: str) -> bool:
    """Whether a line names something below the district."""
    return bool(line.split(" ", maxsplit=1)[0].ljust(12, "0")[6:].strip("0"))


def _face(request: HttpRequest, run: FirstRun) -> HttpResponse:
    district = queries.district()
    given, _files = _given(request, "face")
    form = FaceForm(given, initial={"name": f"{district.name if district else ''}"})
    return _step(
        request,
        run,
        form,
        lambda form: services.name_house(run.claim, name=form.cleaned_data["name"], colour=form.chosen()),
    )


def _administrators(request: HttpRequest, run: FirstRun) -> HttpResponse:
    given, _files = _given(request, "administrators")
    form = AdministratorsForm(given)
    return _step(request, run, form, lambda form: _slips(request, services.appoint(run.claim, form.people())))


def _slips(request: HttpRequest, made: list[tuple[services.Administrator, str]]) -> HttpResponse:
    """The three first passwords, shown this once."""
    shown = [(one.role.label, one.name, one.username, secret) for one, secret in made]
    context = {"slips": shown, "stations": _stations("finish"), "at": timezone.now()}
    return render(request, "opening/slips.html", context)


def _finish(request: HttpRequest, run: FirstRun) -> HttpResponse:
    given, _files = _given(request, "finish")
    form = FinishForm(given)

    def done(form: FinishForm) -> HttpResponse:
        services.finish(run.claim, shipped=form.cleaned_data["shipped"])
        request.session.pop(CLAIM, None)
        return redirect("account_login")

    return _step(request, run, form, done, posts=queries.administrators(), district=queries.district())


@permission(everyone)
@require_POST
@never_cache
def another_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another first password for one of the three, as long as this window sets the house up."""
    run = queries.first_run()
    if run is None or not run.claim or request.session.get(CLAIM) != run.claim:
        return redirect("opening:first_run")
    post = next((post for post in queries.administrators() if post.user_id == pk), None)
    user = get_object_or_404(User, pk=post.user_id if post else None)
    secret = services.new_first_password(run.claim, user)
    assert post is not None  # the account was found by it
    context = {"slips": [(post.get_role_display(), user.name, user.username, secret)], "stations": _stations("finish")}
    return render(request, "opening/slips.html", {**context, "at": timezone.now()})


@permission(keeps_the_house)
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """What a house needs before residents come in: what is there, what is left, and where it is entered."""
    rows = what_is_left(me(request))
    rehearsals = Rehearsal.objects.filter(is_here=False).order_by("-begun_at")[:20]
    context = {"rows": rows, "open": sum(not row.done for row in rows), "rehearsals": list(rehearsals)}
    context["ships"] = services.ships()
    return render(request, "opening/left.html", context)


@permission(keeps_the_house)
@require_POST
def take_shipped(request: HttpRequest) -> HttpResponse:
    """The categories and score sheets that come with the house, in one tap."""
    return press(
        request, lambda: services.take_shipped(actor=me(request)), back=reverse("opening:left"),
        done=_("What comes with the house was taken. Look at it before residents come in."),
    )  # fmt: skip
