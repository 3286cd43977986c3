"""Merging two rows of the roster and undoing it; guardians of children."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.apps.people import queries, services
from linli.apps.people.forms import DayForm, GuardianForm, MergeForm, ReasonForm
from linli.apps.people.models import Guardianship, Merge, Person
from linli.apps.people.permissions import reads_roster
from linli.apps.people.queries.candidates import doubles_of, household_of
from linli.apps.people.views.roster import act_on, actor_of, describe, found
from linli.apps.places.queries import heirs
from linli.apps.places.queries import visible_to as places_visible_to
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission


@permission(reads_roster)
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rows that may be this person once more, side by side; one of them is merged into him."""
    row, actor = found(request, pk), actor_of(request)
    candidates = doubles_of(row, actor)
    today = timezone.localdate()
    for one in (row, *candidates):
        describe(one, today)
    labels = {one.pk: f"{one.name} · {one.community.name}" for one in candidates}
    form = MergeForm(request.POST or None, candidates=candidates, labels=labels, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        key, _colon, version = form.cleaned_data["other"].partition(":")
        gone = next(one for one in candidates if str(one.pk) == key)
        versions = (form.cleaned_data["version"], int(version))
        try:
            services.merge_persons(
                kept=row, gone=gone, reason=form.cleaned_data["reason"], versions=versions, actor=actor
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Merged. It can be undone on this page."))
            return redirect("people:person", row.pk)
    context = {"person": row, "candidates": candidates, "form": form}
    return render(request, "people/merge.html", context, status=422 if form.errors else 200)


@permission(reads_roster)
def undo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take two merged rows apart again."""
    visible = queries.persons_visible_to(actor_of(request))
    row = get_object_or_404(Merge.objects.filter(kept__in=visible, undone_at__isnull=True), pk=pk)
    form = ReasonForm(request.POST or None)

    def do() -> None:
        services.undo_merge(row, reason=form.cleaned_data["reason"], actor=actor_of(request))

    return act_on(
        request, row.kept, form, do, done=_("The two stand apart again, as they were."), title=_("Undo the merge"),
        press=_("Undo the merge"), danger=True,
    )  # fmt: skip


@permission(reads_roster)
def guardian(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name the guardian of a child."""
    row = found(request, pk)
    if not queries.is_under_fourteen(row, timezone.localdate()):
        raise Http404
    form = GuardianForm(request.POST or None, household=household_of(row))

    def do() -> None:
        services.name_guardian(ward=row, actor=actor_of(request), **form.cleaned_data)

    return act_on(
        request, row, form, do, done=_("The guardian is named."), title=_("Name a guardian"), press=_("Name"),
    )  # fmt: skip


@permission(reads_roster)
def end_guardian(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a guardianship."""
    visible = queries.persons_visible_to(actor_of(request), Person.objects.all())
    row = get_object_or_404(Guardianship.objects.filter(ward__in=visible, ended_on__isnull=True), pk=pk)
    form = DayForm(request.POST or None)

    def do() -> None:
        services.end_guardianship(row, actor=actor_of(request), ended_on=form.cleaned_data["ended_on"])

    return act_on(
        request, row.ward, form, do, done=_("The guardianship has ended."), title=_("End the guardianship"),
        press=_("End"), danger=True,
    )  # fmt: skip


@permission(reads_roster)
@require_POST
def move_roster(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All who are left at a community that ended go to one of those it became."""
    actor = actor_of(request)
    place = get_object_or_404(places_visible_to(actor).filter(valid_to__isnull=False), pk=pk)
    heir = next((one for one in heirs(place) if str(one.pk) == request.POST.get("heir")), None)
    if heir is None:
        raise Http404
    count = services.persons_follow(place, heir, on=timezone.localdate(), actor=actor)
    words = {"count": count, "name": heir.name}
    messages.success(request, _("%(count)s persons stand on the roster of %(name)s now.") % words)
    return redirect("places:place", place.pk)
