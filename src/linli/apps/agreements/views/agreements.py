"""Doors of agreements: the list, one agreement, drawing up and changing, review, signing, archive."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from linli.apps.agreements import queries, services
from linli.apps.agreements.forms import AgreementForm, OpinionForm, written
from linli.apps.agreements.lifecycle import AGREEMENTS
from linli.apps.agreements.models import Agreement, AgreementState, OpinionOffice, OpinionView, Signature
from linli.apps.agreements.permissions import OFFICES, gives_opinions, reads_agreements, writes_pages
from linli.apps.ledger.queries import commitments_visible_to
from linli.apps.places.models import Level, Place
from linli.kernel.audit import timeline
from linli.kernel.contributions import held, page_parts
from linli.kernel.errors import NotAllowed
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Actor, holds, permission
from linli.kernel.ui.acting import act, me, press, story, workbook
from linli.kernel.ui.lists import Column, Filter, ListPage

COLUMNS = (
    Column("number", _("Number of the agreement"), sort="number"),
    Column("title", _("Title")),
    Column("amount", _("Amount"), numeric=True),
    Column("state", _("State"), sort="state"),
    Column("drawn_up_at", _("Drawn up on"), sort="drawn_up_at"),
)
HEADINGS = (
    "编号",
    "名称",
    "甲方",
    "乙方",
    "丙方",
    "金额",
    "方式",
    "开始",
    "结束",
    "状态",
    "签订日期",
    "归档日期",
    "存放位置",
)
NOT_YOURS = _("Only the section in charge of this street does this.")
CHANGEABLE = (AgreementState.DRAFTED, AgreementState.IN_REVIEW, AgreementState.REVIEWED)


def _list(request: HttpRequest) -> ListPage:
    actor = me(request)
    rows = queries.visible_to(actor)
    states = (Filter("state", _("State"), AgreementState.choices),)
    return ListPage(request, rows, columns=COLUMNS, filters=states, first_sort="-drawn_up_at")


@permission(reads_agreements)
@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """The agreements of the streets where I work."""
    return render(request, "agreements/agreements.html", {"page": _list(request)})


@permission(reads_agreements)
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The register of agreements as a workbook."""
    rows = _list(request).matching.select_related("signature").prefetch_related("parties").order_by("year", "serial")
    return workbook("协议登记表", HEADINGS, (_row(row) for row in rows))


def _row(row: Agreement) -> tuple[Any, ...]:
    names = {party.side: party.name for party in row.parties.all()}
    signature = getattr(row, "signature", None)
    return (
        row.number, row.title, names.get("first", ""), names.get("second", ""), names.get("third", ""), row.amount,
        str(row.get_mode_display()), row.begins_on, row.ends_on, str(row.get_state_display()),
        signature.signed_on if signature else "", row.archived_on or "", row.shelf,
    )  # fmt: skip


def found(request: HttpRequest, pk: UUID, may: Any = None) -> Agreement:
    """The agreement of the address, if the reader sees it; refused when he may not do what he came for."""
    actor = me(request)
    rows = queries.visible_to(actor).select_related("street", "commitment__fund")
    row: Agreement = get_object_or_404(rows, pk=pk)
    if may is not None and not may(actor, row):
        raise NotAllowed(NOT_YOURS)
    return row


@permission(reads_agreements)
@require_safe
def agreement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One agreement: what it says, what the offices said, its signature, what I may do now."""
    row, actor = found(request, pk), me(request)
    named = resolve([row.subject, row.grounds], actor=actor)
    context = {
        "agreement": row,
        "parties": row.parties.all(),
        "instalments": row.parts.all(),
        "indicators": row.indicators.all(),
        "clauses": row.clauses.all(),
        "opinions": row.opinions.order_by("-review", "given_at"),
        "offices": _offices(actor, row),
        "signature": Signature.objects.filter(agreement=row).first(),
        "subject": named.get(row.subject),
        "grounds": named.get(row.grounds),
        "verbs": [verb.name for verb in AGREEMENTS.offered(actor, row) if verb.title],
        "may_change": row.state in CHANGEABLE and writes_pages(actor, row),
        "may_archive": row.archived_on is None and row.state in ("signed", "ended") and writes_pages(actor, row),
        "held": held(row.subject, row.grounds) if row.state in CHANGEABLE else [],
        "parts": page_parts("agreements.agreement", actor=actor, record=row),
        "story": story(timeline(ref_of(row))),
    }
    return render(request, "agreements/agreement.html", context)


def _offices(actor: Actor, row: Agreement) -> list[dict[str, Any]]:
    """The offices that have still to speak, and whether the actor speaks for each."""
    if row.state != AgreementState.IN_REVIEW:
        return []
    names = dict(OpinionOffice.choices)
    return [
        {"code": office, "name": names[office], "mine": holds(*OFFICES[office])(actor, row)}
        for office in queries.missing_opinions(row)
    ]


def page_of(row: Agreement) -> str:
    """The agreement's page on the desk."""
    return reverse("agreements:agreement", args=[row.pk])


def _known(text: str | None, actor: Actor) -> Ref:
    """A record the actor may see. Raises 404 for anything else."""
    try:
        ref = Ref.parse(text or "")
        seen = resolve([ref], actor=actor)
    except (ValueError, LookupError) as error:
        raise Http404 from error
    if ref not in seen:
        raise Http404
    return ref


@permission(writes_pages)
def new(request: HttpRequest) -> HttpResponse:
    """Draw an agreement up about a record: its page leads here with ``?street=…&subject=…&grounds=…&commitment=…``."""
    actor, asked = me(request), request.GET
    street = get_object_or_404(Place, pk=_key(asked.get("street")), level=Level.STREET)
    subject, grounds = _known(asked.get("subject"), actor), _known(asked.get("grounds"), actor)
    commitment = None
    if asked.get("commitment"):
        commitment = get_object_or_404(commitments_visible_to(actor), pk=_key(asked["commitment"]))
    first = {"title": asked.get("title"), "amount": commitment.binding if commitment else None}
    form = AgreementForm(request.POST or None, initial=first)

    def do(data: dict[str, Any]) -> str:
        row = services.draw_up(
            street=street, subject=subject, grounds=grounds, text=form.text(), commitment=commitment, actor=actor
        )
        return page_of(row)

    return act(
        request,
        form,
        do,
        back=reverse("agreements:agreements"),
        done=_("The draft is saved under its number."),
        title=_("Draw up an agreement"),
        lead=_("The offices review it, then the sealed paper is entered. The number is given once and stays."),
        press=_("Save the draft"),
        crumb=_("Agreements"),
    )


def _key(text: str | None) -> UUID:
    try:
        return UUID(text or "")
    except ValueError as error:
        raise Http404 from error


@permission(writes_pages)
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change the text of an agreement that is not signed."""
    row = found(request, pk, writes_pages)
    if row.state not in CHANGEABLE:
        raise Http404
    form = AgreementForm(request.POST or None, initial=written(row))

    def do(data: dict[str, Any]) -> None:
        services.change(row, text=form.text(), version=data["version"] or 0, actor=me(request))

    return act(
        request,
        form,
        do,
        back=page_of(row),
        done=_("Saved."),
        title=_("Change the agreement"),
        lead=_("Was it reviewed or under review, the review begins anew."),
        press=_("Save"),
        crumb=row.number,
    )


@permission(writes_pages)
@require_POST
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send an agreement to internal review."""
    row = found(request, pk)
    return press(
        request,
        lambda: services.send_to_review(row, actor=me(request)),
        back=page_of(row),
        done=_("The agreement is on its way through the offices."),
    )


@permission(gives_opinions)
def opinion(request: HttpRequest, pk: UUID, office: str) -> HttpResponse:
    """Give the opinion of one office."""
    if office not in OFFICES:
        raise Http404
    row = found(request, pk, holds(*OFFICES[office]))

    def do(data: dict[str, Any]) -> None:
        services.give_opinion(
            row, office=OpinionOffice(office), view=OpinionView(data["view"]), text=data["text"], actor=me(request)
        )

    return act(
        request,
        OpinionForm(request.POST or None),
        do,
        back=page_of(row),
        done=_("The opinion is entered."),
        title=OpinionOffice(office).label,
        lead=row.title,
        press=_("Give the opinion"),
        crumb=row.number,
    )
