"""The kinds of record rounds keep: how each is named, found and seen; what is sealed shows only a number."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds import queries
from linli.apps.rounds.models import (
    AllocationPlan,
    Award,
    Decision,
    Idea,
    NeedSurvey,
    Programme,
    Proposal,
    Round,
    YearFactor,
)
from linli.kernel.contributions import Searchable
from linli.kernel.contributions import contribute as add
from linli.kernel.refs import Kind, register


class Joined(Kind):
    """A kind whose rows are read together with the records named in ``joins``."""

    joins: tuple[str, ...] = ()

    def rows(self) -> Any:
        return super().rows().select_related(*self.joins)


class OfPlace(Joined):
    """Rows with their place."""

    joins = ("place",)


class OfRound(Joined):
    """Rows with their round and place."""

    joins = ("round__place", "place")


class OfRoundOnly(Joined):
    """Rows with their round and its place."""

    joins = ("round__place",)


class OfProposal(Joined):
    """Rows with their proposal, its round and place."""

    joins = ("proposal__round__place", "proposal__place")


def _street(row: Any) -> UUID | None:
    key: UUID | None = row.place.street_id
    return key


def _page(route: str) -> Any:
    return lambda row: reverse(f"rounds:{route}", args=[row.pk])


def _no_page(row: Any) -> str:
    return ""


def label_of(proposal: Proposal) -> str:
    """The title; of what nobody may read, only that it is there."""
    if proposal.is_closed_to_readers:
        hidden = _("Proposal that is not public")
        return f"{hidden} {proposal.serial}".strip()
    return proposal.title


def text_of(proposal: Proposal) -> str:
    """What is searched of a proposal; nothing while nobody may read it."""
    if proposal.is_closed_to_readers:
        return ""
    parts = [proposal.title, proposal.serial, proposal.background, proposal.goal, proposal.steps]
    return "\n".join(parts)


def _kinds_of_decisions() -> None:
    register(
        OfRoundOnly(
            "rounds.plan", AllocationPlan, _("Plan"), lambda rows, actor: queries.plans_visible_to(actor, rows),
            address=lambda row: reverse("rounds:plans", args=[row.round_id]), street=_street_of_round,
        )
    )  # fmt: skip
    register(
        OfRoundOnly(
            "rounds.decision", Decision, _("Decision on a round"),
            lambda rows, actor: queries.decisions_visible_to(actor, rows),
            address=lambda row: reverse("rounds:decisions", args=[row.round_id]), street=_street_of_round,
        )
    )  # fmt: skip
    register(
        OfProposal(
            "rounds.award", Award, _("Award"), lambda rows, actor: queries.awards_visible_to(actor, rows),
            address=lambda row: reverse("rounds:proposal", args=[row.proposal_id]),
            street=lambda row: row.proposal.place.street_id,
        )
    )  # fmt: skip

    register(
        OfPlace(
            "rounds.factor", YearFactor, _("Factor for the next year"),
            lambda rows, actor: queries.factors_visible_to(actor, rows), street=_street,
        )
    )  # fmt: skip


def _street_of_round(row: Any) -> UUID | None:
    key: UUID | None = row.round.place.street_id
    return key


def _idea_text(idea: Idea) -> str:
    return f"{idea.title}\n{idea.text}"


def contribute() -> None:
    """Make every kind known."""
    register(
        OfPlace(
            "rounds.programme", Programme, _("Programme"),
            lambda rows, actor: queries.programmes_visible_to(actor, rows), address=_page("words"), street=_street,
        )
    )  # fmt: skip
    register(
        OfPlace(
            "rounds.round", Round, _("Round"), lambda rows, actor: queries.rounds_visible_to(actor, rows),
            address=_page("round"), street=_street,
        )
    )  # fmt: skip
    register(
        OfRound(
            "rounds.proposal", Proposal, _("Proposal"), lambda rows, actor: queries.visible_to(actor, rows),
            address=_page("desk_proposal"), street=_street, label=label_of,
        )
    )  # fmt: skip
    register(
        OfRound(
            "rounds.idea", Idea, _("Idea"), lambda rows, actor: queries.ideas_visible_to(actor, rows),
            address=_page("idea"), street=_street,
        )
    )  # fmt: skip
    register(
        OfProposal(
            "rounds.need_survey", NeedSurvey, _("Need survey"),
            lambda rows, actor: rows.filter(proposal__in=queries.visible_to(actor).order_by().values("pk")),
            street=lambda row: row.proposal.place.street_id, label=lambda row: row.get_method_display(),
        )
    )  # fmt: skip
    _kinds_of_decisions()
    add(Searchable("rounds.proposal", text_of, where=lambda row: str(row.place)))
    add(Searchable("rounds.round", lambda row: f"{row.title}\n{row.call}", where=lambda row: str(row.place)))
    add(Searchable("rounds.idea", _idea_text, where=lambda row: str(row.place)))
