"""Issued papers of a record: number, day and sealed scan recorded back, a mistyped number put right with both kept."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.kernel import documents
from linli.kernel.documents import IssuedNumber
from linli.kernel.refs import Kind, kind_of
from linli.kernel.scope import permission, signed_in
from linli.kernel.ui.acting import act, me


def day(label: Any) -> forms.DateField:
    """A day of the browser's own calendar, today unless another one is chosen."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, initial=timezone.localdate, widget=widget)


class NumberForm(forms.Form):
    """The number as it stands on the paper, and its day."""

    number = forms.CharField(
        label=_("Number of the paper"),
        max_length=40,
        help_text=_("As it stands on the paper, such as 清街发〔2026〕12号."),
    )
    issued_on = day(_("Issued on"))


class IssueForm(NumberForm):
    """A paper as it came back from the office."""

    paper = forms.CharField(label=_("Which paper"), max_length=40, help_text=_("Such as the notice of the call."))
    unit = forms.CharField(label=_("Issued by"), max_length=60)
    scan = forms.FileField(label=_("Sealed scan"), help_text=_("PDF, OFD or a picture."))
    field_order = ("paper", "unit", "number", "issued_on", "scan")


class CorrectionForm(NumberForm):
    """What the number should have been, and why it was wrong."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


def _found(request: HttpRequest, kind_name: str, key: UUID) -> tuple[Kind, Any]:
    """The record within reach of the reader, and its kind. Raises 404."""
    try:
        kind = kind_of(kind_name)
    except ImproperlyConfigured as error:
        raise Http404 from error
    return kind, get_object_or_404(kind.visible_to(kind.rows(), me(request)), pk=key)


def _page(kind_name: str, key: UUID) -> str:
    return reverse("ui:issued", args=[kind_name, key])


@permission(signed_in)
@require_safe
def issued(request: HttpRequest, kind_name: str, key: UUID) -> HttpResponse:
    """The issued papers of one record, with what was corrected."""
    kind, record = _found(request, kind_name, key)
    context = {
        "label": kind.label(record),
        "back": kind.address(record),
        "kind": kind_name,
        "key": key,
        "rows": documents.issued_with_corrections(record),
        "may_issue": documents.may_issue(me(request), record),
    }
    return render(request, "ui/issued.html", context)


@permission(documents.may_issue)
def issue(request: HttpRequest, kind_name: str, key: UUID) -> HttpResponse:
    """Record the number, the day and the scan of a paper of this record."""
    kind, record = _found(request, kind_name, key)
    return act(
        request,
        IssueForm(request.POST or None, request.FILES or None),
        lambda data: documents.record_issue(record, actor=me(request), **data) and None,
        back=_page(kind_name, key),
        done=_("The paper is recorded."),
        title=_("Record an issued paper"),
        lead=kind.label(record),
        press=_("Record it"),
        crumb=_("Issued papers"),
    )


@permission(documents.may_issue)
def correct(request: HttpRequest, kind_name: str, key: UUID, issued_id: UUID) -> HttpResponse:
    """Put a mistyped number or day right."""
    _kind, record = _found(request, kind_name, key)
    row = get_object_or_404(IssuedNumber, pk=issued_id, kind=kind_name, ref_id=key)
    first: dict[str, str | date] = {"number": row.number, "issued_on": row.issued_on}
    return act(
        request,
        CorrectionForm(request.POST or None, initial=first),
        lambda data: documents.correct_issue(record, row, actor=me(request), **data) and None,
        back=_page(kind_name, key),
        done=_("The number is put right; what stood before is kept."),
        title=_("Correct the number"),
        lead=f"{row.paper} · {row.number}",
        press=_("Save"),
        crumb=_("Issued papers"),
    )
