"""Whom a survey asks: drawing a sample, groups on the spot, slips to print, doors to bring them to."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.surveys import queries, services
from linli.apps.surveys.forms.drafting import ByForm, GroupForm, NothingForm, SampleForm
from linli.apps.surveys.models import Stratum
from linli.apps.surveys.permissions import keeps_surveys, sets_up_surveys
from linli.apps.surveys.services.keeping import NOT_YOURS
from linli.apps.surveys.tables import door_list, slip_papers
from linli.apps.surveys.views.finding import found, page_of, sent
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, act, explain, me, paper


@permission(sets_up_surveys)
def sample(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw households by building or grid; drawn again while no slip is printed."""
    row = found(request, pk, keep=True)
    there, may = queries.askable(row.place, on=timezone.localdate())
    return act(
        request,
        SampleForm(sent(request), initial={"by": row.layers or "building", "size": min(may, 100) or None}),
        lambda data: services.draw_sample(row, **data, actor=me(request)) and None,
        back=page_of(row),
        done=_("The sample is drawn."),
        title=_("Draw a sample"),
        lead=_("%(there)d households are entered here; %(may)d of them may still be asked this year.")
        % {"there": there, "may": may},
        press=_("Draw"),
        crumb=row.title,
    )  # fmt: skip


@permission(sets_up_surveys)
def group(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Slips for people who are not drawn: all users of a service, who came to a meeting."""
    row = found(request, pk, keep=True)
    return act(
        request,
        GroupForm(sent(request)),
        lambda data: services.add_group(row, **data, actor=me(request)) and None,
        back=page_of(row),
        done=_("Saved."),
        title=_("Hand slips out on the spot"),
        lead=_("Give one to everybody who used the service, not to those you choose."),
        press=_("Add"),
        crumb=row.title,
    )  # fmt: skip


def stratum_found(request: HttpRequest, pk: UUID) -> Stratum:
    """The stratum of the address, kept by whoever asks."""
    actor = me(request)
    rows = Stratum.objects.filter(survey__in=queries.visible_to(actor).order_by().values("pk"))
    row: Stratum = get_object_or_404(rows.select_related("survey__place"), pk=pk)
    if not keeps_surveys(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(sets_up_surveys)
def slips(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """Print the slips of a stratum; their codes can be read on this paper only."""
    row = stratum_found(request, pk)
    form = NothingForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            codes = services.issue_slips(row, actor=me(request))
        except Refusal as refusal:
            explain(form, refusal)
        else:
            address = request.build_absolute_uri(reverse("surveys:answer", args=[row.survey_id]))
            return paper(slip_papers(row, codes, f"{address}?code="), f"{row.survey.title}-{row.name}-答卷.pdf", PDF)
    context: dict[str, Any] = {
        "form": form, "back": page_of(row.survey), "title": _("Print answer slips"), "crumb": row.survey.title,
        "lead": _("Each slip is good for one answer and belongs to nobody. Do not write down who gets which one."),
        "press": _("Print"),
    }  # fmt: skip
    return render(request, "ui/act.html", context, status=422 if form.errors else 200)


@permission(sets_up_surveys)
@require_safe
def doors(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The doors a stack of slips is brought to, as PDF."""
    row = stratum_found(request, pk)
    return paper(door_list(row), f"{row.survey.title}-{row.name}-入户名单.pdf", PDF)


@permission(sets_up_surveys)
def by(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask a whole stratum by telephone instead of slips, or back."""
    row = stratum_found(request, pk)
    return act(
        request,
        ByForm(sent(request), initial={"by": "call"}),
        lambda data: services.ask_by(row, **data, actor=me(request)) and None,
        back=page_of(row.survey),
        done=_("Saved."),
        title=_("How “%(name)s” is asked") % {"name": row.name},
        lead=_("Whoever is called reads the same questions; what is answered is kept without a name."),
        press=_("Save"),
        crumb=row.survey.title,
    )  # fmt: skip


@permission(sets_up_surveys)
def drop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a group away again."""
    row = stratum_found(request, pk)
    return act(
        request,
        NothingForm(sent(request)),
        lambda _data: services.drop_group(row, actor=me(request)),
        back=page_of(row.survey),
        done=_("Saved."),
        title=_("Take “%(name)s” away") % {"name": row.name},
        lead=_("Only while none of its slips was printed."),
        press=_("Take it away"),
        danger=True,
        crumb=row.survey.title,
    )  # fmt: skip
