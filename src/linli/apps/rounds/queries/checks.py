"""Reads of checks: what each office said."""

from collections.abc import Iterable
from uuid import UUID

from linli.apps.rounds.models import Check, OfficeView, Proposal
from linli.apps.rounds.queries.proposals import visible_to
from linli.kernel.scope import Actor


def checks_of(proposal: Proposal) -> list[Check]:
    """The checks of a proposal with their views, the latest first. Two queries."""
    rows = Check.objects.filter(proposal=proposal).prefetch_related("views").select_related("revision")
    return list(rows.order_by("-begun_at"))


def views_in(proposals: Iterable[UUID], *, actor: Actor | None) -> list[OfficeView]:
    """Every view of the proposals the actor may see, for the form of documents 7. One query."""
    seen = visible_to(actor).filter(pk__in=list(proposals)).order_by().values("pk")
    rows = OfficeView.objects.filter(check_of__proposal__in=seen).select_related("check_of__proposal__place")
    return list(rows.order_by("check_of__proposal__serial", "check_of__begun_at", "office"))
