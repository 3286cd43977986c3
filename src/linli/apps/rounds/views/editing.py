"""The proposal editor: one section a page, saved as it is typed, complete or not."""

import json
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from linli.apps.rounds import queries, services
from linli.apps.rounds.forms.proposals import (
    BasicsForm,
    BudgetForm,
    DiscussionForm,
    GoalsForm,
    IndicatorSet,
    LineSet,
    NeedForm,
    PromiseForm,
    ProposersForm,
    ResolutionForm,
    SectionForm,
    ShareSet,
    SupporterForm,
    SurveyForm,
    WorkForm,
)
from linli.apps.rounds.models import DiscussionStep, Proposal
from linli.apps.rounds.permissions import writes_proposal
from linli.apps.rounds.rubric import findings
from linli.apps.rounds.services import IndicatorText, Line, Proposer
from linli.apps.rounds.services.keeping import Overtaken, require
from linli.apps.rounds.views.acting import explain, frame_of, sent
from linli.apps.rounds.views.proposals import found, standing_of
from linli.kernel.errors import Refusal
from linli.kernel.scope import permission, signed_in
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui.versions import conflict_page

FORMS: dict[str, type[SectionForm]] = {
    "basics": BasicsForm,
    "proposers": ProposersForm,
    "need": NeedForm,
    "goals": GoalsForm,
    "work": WorkForm,
    "budget": BudgetForm,
}
AUTOSAVE = "X-Autosave"


@permission(signed_in)
def edit(request: HttpRequest, pk: UUID, section: str) -> HttpResponse:
    """One section: shown, saved, or saved quietly while it is being typed (header X-Autosave)."""
    row, actor = found(request, pk), actor_of(request)
    require(writes_proposal, actor, row)
    if section in ("discussions", "supporters"):
        return section_page(request, row, section, None, None)
    if section not in FORMS:
        raise Http404
    form, rows = FORMS[section](sent(request), instance=row), rows_of(section, row, sent(request))
    if request.method != "POST":
        return section_page(request, row, section, form, rows)
    return _keep(request, row, section, form, rows) or _wrong(request, row, section, form, rows)


def _keep(request: HttpRequest, row: Proposal, section: str, form: SectionForm, rows: Any) -> HttpResponse | None:
    """Save what is valid; None where something is wrong."""
    if not form.is_valid() or (rows is not None and not rows.is_valid()):
        return None
    try:
        saved = _save(section, row, form, rows, actor_of(request))
    except Overtaken as overtaken:
        return _late(request, form, overtaken)
    except Refusal as refusal:
        explain(form, refusal)
        return None
    return _saved(request, saved, section)


def _wrong(request: HttpRequest, row: Proposal, section: str, form: SectionForm, rows: Any) -> HttpResponse:
    if AUTOSAVE in request.headers:
        return JsonResponse({"problem": _first(form, rows)}, status=422)
    return section_page(request, row, section, form, rows, status=422)


def _late(request: HttpRequest, form: SectionForm, overtaken: Overtaken) -> HttpResponse:
    if AUTOSAVE in request.headers:
        return JsonResponse({"problem": str(overtaken)}, status=409)
    return conflict_page(request, form, title=_("Two versions of one proposal"), frame=frame_of(request))


def _saved(request: HttpRequest, row: Proposal, section: str) -> HttpResponse:
    if AUTOSAVE in request.headers:
        standing = standing_of(row)
        told = {
            "version": row.version,
            "saved": _("Saved at %(time)s") % {"time": timezone.localtime().strftime("%H:%M:%S")},
            "percent": standing["percent"],
            "done": [one.code for one in standing["sections"] if one.done],
        }
        return JsonResponse(told)
    messages.success(request, _("Saved."))
    codes = [one.code for one in standing_of(row)["sections"]]
    onward = codes[min(codes.index(section) + 1, len(codes) - 1)] if "onward" in request.POST else section
    return redirect("rounds:edit", row.pk, onward)


def _first(form: SectionForm, rows: Any) -> str:
    """The first sentence of what is wrong."""
    for one in [form, *(rows.forms if rows is not None else ())]:
        for errors in one.errors.values():
            return str(errors[0])
    return _("Please look at this again")


def rows_of(section: str, row: Proposal, data: Any) -> Any:
    """The rows of a section: proposers, indicators, budget lines; None where it has none."""
    if section == "proposers":
        shares = [
            {
                "organization": one.organization, "place": one.place, "name": str(one.resident_name),
                "phone": str(one.resident_phone), "share": one.share, "is_lead": one.is_lead,
            }
            for one in row.shares.select_related("organization", "place")
        ]  # fmt: skip
        communities = queries.communities_of(row.round, timezone.localdate())
        return ShareSet(data, initial=shares, prefix="rows", form_kwargs={"communities": communities})
    if section == "goals":
        names = ("name", "baseline", "target", "unit", "due_on")
        return IndicatorSet(data, initial=list(row.indicators.values(*names)), prefix="rows")
    if section == "budget":
        columns = ("head", "item", "unit_price", "quantity", "unit", "source", "grounds")
        return LineSet(data, initial=list(row.lines.values(*columns)), prefix="rows")
    return None


def _save(section: str, row: Proposal, form: SectionForm, rows: Any, actor: Any) -> Proposal:
    """The columns, then the rows, in one piece."""
    from django.db import transaction

    with transaction.atomic():
        saved = services.save_section(row, seen=form.seen, actor=actor, **form.columns())
        if section == "budget":
            services.set_lines(saved, [Line(**data) for data in _filled(rows, "item")], seen=None, actor=actor)
        elif section == "goals":
            texts = [IndicatorText(**data) for data in _filled(rows, "name")]
            services.set_indicators(saved, texts, seen=None, actor=actor)
        elif section == "proposers":
            services.set_proposers(saved, _proposers(saved, rows), seen=None, actor=actor)
    saved.refresh_from_db()
    return saved


def _filled(rows: Any, *names: str) -> list[dict[str, Any]]:
    """The rows in which somebody wrote one of ``names``; others were left empty or emptied."""
    return [
        {**form.cleaned_data, **_spare(form.cleaned_data)}
        for form in rows.forms
        if any(form.cleaned_data.get(name) for name in names)
    ]


def _spare(data: dict[str, Any]) -> dict[str, Any]:
    """A line without price or quantity counts nothing yet."""
    if "unit_price" not in data:
        return {}
    return {"unit_price": data["unit_price"] or 0, "quantity": data["quantity"] or 1}


def _proposers(row: Proposal, rows: Any) -> list[Proposer]:
    """The proposers as they were entered; a masked name or telephone sent back unchanged keeps what it hides."""
    before = {str(one.resident_name): one for one in row.shares.filter(kind="resident")}
    found_rows = []
    for data in _filled(rows, "organization", "place", "name"):
        known = before.get(data["name"])
        name, phone = data["name"], data["phone"]
        if known is not None:
            name = known.resident_name.for_machine(because="kept by its editor")
            if phone and phone == str(known.resident_phone):
                phone = known.resident_phone.for_machine(because="kept by its editor")
        found_rows.append(
            Proposer(
                organization=data["organization"], place=data["place"], name=name, phone=phone,
                user=known.resident_user_id if known else None, share=data["share"] or Decimal(0),
                is_lead=data["is_lead"],
            )
        )  # fmt: skip
    return found_rows


STEP_FORMS: dict[str, type[DiscussionForm]] = {
    **dict.fromkeys(DiscussionStep.values, DiscussionForm),
    DiscussionStep.RESOLUTION: ResolutionForm,
    DiscussionStep.PROMISE: PromiseForm,
}
ADDED: dict[str, type[forms.Form]] = {"survey": SurveyForm, "supporter": SupporterForm}


def section_page(
    request: HttpRequest, row: Proposal, section: str, form: Any, rows: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a section with its list of sections, what is missing, and what else hangs on it."""
    standing = standing_of(row)
    here = next((one for one in standing["sections"] if one.code == section), None)
    if here is None:
        raise Http404
    content = queries.content_of(row)
    uses = standing["rules"].prohibited
    if section == "budget":
        _mark(rows, content.lines, uses)
    context = {
        "proposal": row, "section": here, "form": form, "rows": rows, "frame": frame_of(request), **standing,
        "surveys": content.surveys, "supporters": content.supporters,
        "total": sum((line.amount for line in content.lines), Decimal(0)),
        "uses": json.dumps([[list(use.words), f"{use.title}。{use.clause}"] for use in uses], ensure_ascii=False),
        "steps": _steps(content.discussions, more.pop("wrong", None)),
        "survey_form": SurveyForm(), "supporter_form": SupporterForm(), **more,
    }  # fmt: skip
    return render(request, "rounds/edit.html", context, status=status)


def _mark(rows: Any, lines: Any, uses: Any) -> None:
    """Beside each form of a stored line its amount, and why the money is not for it."""
    refused = {one.line: one.sentence for one in findings(lines, uses)}
    for number, (form, line) in enumerate(zip(rows.forms, lines, strict=False), 1):
        form.amount, form.refused = line.amount, refused.get(number, "")


def _steps(held: Any, wrong: tuple[str, Any] | None) -> list[tuple[Any, ...]]:
    """Each step: its code, its title, what stands, the form to enter it, whether that was refused."""
    stands = {one.step: one for one in held}
    refused = dict([wrong] if wrong else [])
    return [
        (code, label, stands.get(code), refused.get(code) or STEP_FORMS[code](prefix=code), code in refused)
        for code, label in DiscussionStep.choices
    ]
