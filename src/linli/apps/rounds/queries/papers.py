"""The data of the papers 1–7 of documents.md: what stands on each."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from linli.apps.places.queries import office_name
from linli.apps.rounds.kinds import heads, templates
from linli.apps.rounds.models import OfficeView, Proposal, Round
from linli.apps.rounds.queries.checks import views_in
from linli.apps.rounds.queries.phases import phases_of
from linli.apps.rounds.queries.proposals import content_of, visible_to
from linli.apps.rounds.queries.rounds import communities_of, prohibited_in, values_of
from linli.kernel.money import format_yuan, in_capitals
from linli.kernel.scope import Actor

STEPS = (
    ("motion", "动议"), ("talk", "商议"), ("review", "审议"), ("resolution", "决议"), ("promise", "承诺"),
)  # fmt: skip


def _day(moment: datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def round_data(intake: Round) -> dict[str, Any]:
    """What the notice of the call and the plan say: phases with days, figures, words, refused uses."""
    values = values_of(intake)
    words = intake.programme.words.filter(is_used=True)
    shape = templates()[intake.template]
    return {
        "programme": intake.programme.name, "title": intake.title, "year": intake.year,
        "purpose": intake.programme.purpose, "call": intake.call, "contact": intake.contact, "lead": shape.lead,
        "source": str(intake.source or ""), "kind": shape.title, "sealed": intake.is_sealed,
        "communities": [one.name for one in communities_of(intake, timezone.localdate())],
        "classes": [one.title for one in words if one.kind == "class"],
        "directions": [one.title for one in words if one.kind == "direction"],
        "themes": [one.title for one in words if one.kind == "theme" and one.year == intake.year],
        "phases": [
            {"name": one.title, "opens": _day(one.opens_at), "closes": _day(one.closes_at)}
            for one in phases_of(intake)
            if not one.skipped
        ],
        "cap": format_yuan(values["rounds.project_cap"]) if values["rounds.project_cap"] else "",
        "per_proposer": values["rounds.per_proposer"], "brands": values["rounds.brands"],
        "questionnaires": values["rounds.questionnaires"], "requires": list(intake.requires),
        "uses": [{"title": one.title, "clause": one.clause} for one in prohibited_in(intake)],
        **_kept(intake),
    }  # fmt: skip


def _kept(intake: Round, number: str = "") -> dict[str, Any]:
    """What every paper of a round says of itself: the unit, the day, the serial."""
    serial = number or f"{intake.year}-{intake.number:02d}"
    return {"office": office_name(intake.place), "day": timezone.localdate(), "serial": f"{intake.place.name}-{serial}"}


def proposal_data(proposal: Proposal, *, own: bool = False) -> dict[str, Any]:
    """Everything the proposal form, the survey form and the record of discussions show. Six queries.

    ``own``: its proposers print it, with name and telephone in full; for everybody else they are masked.
    """
    content = content_of(proposal)
    return {
        "round": proposal.round.title, "title": proposal.title,
        "place": proposal.place.name, "category": str(proposal.category or ""), "theme": str(proposal.theme or ""),
        "direction": str(proposal.direction or ""), "provider": str(proposal.get_provider_display()),
        "proposers": [f"{one.shown}（{one.share.normalize():f}%）" for one in content.shares],
        "holder": str(proposal.fund_holder or proposal.holder_place or ""),
        "contact": _name(proposal.contact_name, own=own),
        "phone": _name(proposal.contact_phone, own=own), "site": proposal.site, "starts": str(proposal.starts_on or ""),
        "ends": str(proposal.ends_on or ""), "background": proposal.background, "goal": proposal.goal,
        "beneficiaries": proposal.beneficiaries, "beneficiary_count": str(proposal.beneficiary_count or ""),
        "steps": proposal.steps, "party_role": proposal.party_role, "risks": proposal.risks,
        "sustainability": proposal.sustainability, "asked": format_yuan(proposal.asked),
        "asked_words": in_capitals(proposal.asked), "own": format_yuan(proposal.own),
        "total": format_yuan(proposal.asked + proposal.own),
        "lines": [_line(one) for one in content.lines],
        "indicators": [
            [one.name, f"{one.baseline.normalize():f}", f"{one.target.normalize():f}", one.unit, str(one.due_on)]
            for one in content.indicators
        ],
        "surveys": [
            [str(one.get_method_display()), str(one.held_on), str(one.count), one.findings, str(one.needing or "")]
            for one in content.surveys
        ],
        "discussions": _discussions(content.discussions), "number": proposal.serial,
        **_kept(proposal.round, proposal.serial),
    }  # fmt: skip


def _name(sealed: Any, *, own: bool) -> str:
    return sealed.for_machine(because="paper of its proposers") if own and sealed else str(sealed)


def _line(one: Any) -> list[str]:
    quantity = f"{one.quantity.normalize():f}{one.unit}"
    source = str(one.get_source_display())
    head = heads().get(one.head, one.head)
    return [head, one.item, format_yuan(one.unit_price), quantity, format_yuan(one.amount), source, one.grounds]


def _discussions(rows: Any) -> list[dict[str, str]]:
    by_step = {one.step: one for one in rows}
    found = []
    for code, title in STEPS:
        one = by_step.get(code)
        votes = ""
        if one is not None and one.present is not None:
            counted = f"同意 {one.in_favour}，反对 {one.against}，弃权 {one.abstained}"
            votes = f"应到 {one.due}，实到 {one.present}，{counted}"
        found.append(
            {
                "name": title, "day": str(one.held_on) if one else "", "people": one.people if one else "",
                "minutes": one.minutes if one else "", "votes": votes,
                "until": str(one.promised_by or "") if one else "",
            }
        )  # fmt: skip
    return found


def check_data(intake: Round, *, actor: Actor | None, only: Proposal | None = None) -> dict[str, Any]:
    """The views of the offices, proposal by proposal, for what the reader may see. Two queries."""
    rows = visible_to(actor).filter(round=intake)
    keys = [only.pk] if only is not None else list(rows.values_list("pk", flat=True))
    groups: dict[Any, dict[str, Any]] = {}
    for one in views_in(keys, actor=actor):
        proposal = one.check_of.proposal
        group = groups.setdefault(
            one.check_of_id,
            {"title": proposal.title, "serial": proposal.serial, "place": proposal.place.name,
             "stage": str(one.check_of.get_stage_display()), "asked": format_yuan(proposal.asked), "views": []},
        )  # fmt: skip
        group["views"].append(_view(one))
    number = only.serial if only is not None else ""
    return {"round": intake.title, "groups": list(groups.values()), **_kept(intake, number)}


def blank_data(intake: Round) -> dict[str, Any]:
    """The same of a proposal nobody has written: forms to be filled in by hand."""
    data = proposal_data(Proposal(round=intake, place=intake.place))
    return {**data, "place": "", "asked": "", "own": "", "total": "", "asked_words": ""}


def summary_data(intake: Round, rows: list[list[Any]], totals: list[Any]) -> dict[str, Any]:
    """The summary's rows under the round's title."""
    return {"title": intake.title, "rows": rows, "totals": totals, **_kept(intake)}


def _view(one: OfficeView) -> list[str]:
    amount = format_yuan(one.approved) if one.approved is not None else ""
    why = "；".join(text for text in (one.reason, one.clause) if text)
    return [one.office, str(one.get_view_display()) if one.view else "", why, amount]
