"""The kinds of record incubation keeps: how each is named, found and seen."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.incubation import queries
from linli.apps.incubation.models import ExitCase, MonthSheet, PlannedTraining, StarRating, StarRound
from linli.kernel.refs import Kind, register


class OfOrganization(Kind):
    """Rows with their organization."""

    def rows(self) -> Any:
        return super().rows().select_related("organization")


def page_of(row: MonthSheet) -> str:
    """The page of a sheet."""
    return reverse("incubation:sheet", args=[row.pk])


def story_of(row: ExitCase) -> str:
    """The page that tells an organization's months and its case."""
    return reverse("incubation:story", args=[row.organization_id])


def stars_of(row: StarRound) -> str:
    """The page of a round of stars."""
    return reverse("incubation:stars", args=[row.pk])


def rating_of(row: StarRating) -> str:
    """The page of the round a rating stands in."""
    return reverse("incubation:stars", args=[row.round_id])


class OfRound(Kind):
    """Ratings with their organization and round."""

    def rows(self) -> Any:
        return super().rows().select_related("organization", "round")


class OfStreet(Kind):
    """Rounds with their street."""

    def rows(self) -> Any:
        return super().rows().select_related("street")


def plan_of(row: PlannedTraining) -> str:
    """The plan of the year the course stands in."""
    return f"{reverse('incubation:register', args=['training'])}?year={row.year}"


def contribute() -> None:
    """Make every kind known."""
    register(
        OfOrganization(
            "incubation.sheet", MonthSheet, _("Ten-point month"),
            lambda rows, actor: queries.visible_to(actor, rows), address=page_of, street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        OfOrganization(
            "incubation.exit", ExitCase, _("Exit from the center"),
            lambda rows, actor: queries.cases_visible_to(actor, rows), address=story_of,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        OfStreet(
            "incubation.star_round", StarRound, _("Stars of a year"),
            lambda rows, actor: queries.rounds_visible_to(actor, rows), address=stars_of,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip
    register(
        OfRound(
            "incubation.stars", StarRating, _("Stars of an organization"),
            lambda rows, actor: queries.ratings_visible_to(actor, rows), address=rating_of,
            street=lambda row: row.round.street_id,
        )
    )  # fmt: skip
    register(
        Kind(
            "incubation.training", PlannedTraining, _("Planned training"),
            lambda rows, actor: queries.plans_visible_to(actor, rows), address=plan_of,
            street=lambda row: row.street_id,
        )
    )  # fmt: skip
