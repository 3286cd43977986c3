"""Awards anybody may take away: only those whose notice hangs in public as it was signed; residents stay unnamed."""

from typing import Any

from django.db.models import QuerySet

from linli.apps.publicity.models import PublicNotice
from linli.apps.rounds.models import Award, Round
from linli.kernel import publication

VERSION = "1.4"
"""Of the 360Giving standard."""
RESIDENTS = "居民自组织"


def public_awards(intake: Round | None = None) -> QuerySet[Award]:
    """Awards that stand and whose decision was made public. Two queries for the notices, one for the awards."""
    notices = PublicNotice.objects.filter(subject_kind="rounds.decision", pk__in=publication.public("publicity.notice"))
    decided = [notice.subject_id for notice in publication.signed(notices)]
    rows = Award.objects.filter(ended_by__isnull=True, line__decision__in=decided)
    if intake is not None:
        rows = rows.filter(proposal__round=intake)
    rows = rows.select_related(
        "proposal__place",
        "proposal__round__programme",
        "proposal__round__place",
        "proposal__category",
        "line__decision",
    )
    shares = "proposal__shares__organization", "proposal__shares__place"
    return rows.prefetch_related(*shares).order_by("proposal__serial")


def bearers_of(award: Award) -> list[tuple[str, str]]:
    """(id, name) of whoever carries a project out; one nameless entry for residents."""
    found = []
    for share in award.proposal.shares.all():
        if share.organization is not None:
            code = share.organization.credit_code
            found.append((f"CN-USCC-{code}" if code else f"linli-{share.organization_id}", share.organization.name))
        elif share.place is not None:
            found.append((f"CN-CODE-{share.place.code}", share.place.name))
    return found or [(f"linli-residents-{award.proposal.place.code}", RESIDENTS)]


def grant_of(award: Award) -> dict[str, Any]:
    """An award as a grant of the 360Giving standard."""
    proposal, intake, decision = award.proposal, award.proposal.round, award.line.decision
    planned = {"startDate": proposal.starts_on, "endDate": proposal.ends_on}
    dates = {name: day.isoformat() for name, day in planned.items() if day is not None}
    return {
        "id": f"linli-{intake.place.code}-{proposal.serial}",
        "title": proposal.title,
        "description": proposal.goal or proposal.title,
        "currency": "CNY",
        "amountAppliedFor": float(proposal.asked),
        "amountAwarded": float(award.amount),
        "awardDate": decision.held_on.isoformat(),
        "recipientOrganization": [{"id": key, "name": name} for key, name in bearers_of(award)],
        "fundingOrganization": [{"id": f"CN-CODE-{intake.place.code}", "name": intake.place.name}],
        "grantProgramme": [{"code": f"{intake.year}-{intake.number}", "title": intake.title}],
        "beneficiaryLocation": [{"name": proposal.place.name, "countryCode": "CN"}],
        "fromOpenCall": "Yes",
        "dateModified": decision.made_at.isoformat(),
        **({"plannedDates": [dates]} if dates else {}),
        **({"classifications": [{"title": proposal.category.title}]} if proposal.category else {}),
    }


HEADINGS = ("编号", "项目名称", "类别", "社区", "实施主体", "申请额（元）", "支持额（元）", "决定日期", "轮次")


def row_of(award: Award) -> tuple[Any, ...]:
    """The same as a row of a table."""
    proposal = award.proposal
    return (
        proposal.serial, proposal.title, proposal.category.title if proposal.category else "", proposal.place.name,
        "、".join(name for _key, name in bearers_of(award)), str(proposal.asked), str(award.amount),
        award.line.decision.held_on.isoformat(), proposal.round.title,
    )  # fmt: skip
