"""The rows of what comes after the award, in one place: activities, projects, surveys."""

from linli.apps.places.models import Place
from tests.support import (
    activities_walk,
    center_walk,
    closing_walk,
    incubation_walk,
    needs_boards_walk,
    needs_desk_walk,
    needs_learning_walk,
    needs_walk,
    ordering_delivery_walk,
    ordering_walk,
    parts_walk,
    projects_walk,
    surveys_walk,
    whistles_walk,
)
from tests.support.needs_likeness_walk import NEEDS_LIKENESS_ROWS

DELIVERY_ROWS = {
    **activities_walk.ACTIVITY_ROWS,
    **projects_walk.PROJECT_ROWS,
    **closing_walk.CLOSING_ROWS,
    **incubation_walk.INCUBATION_ROWS,
    **center_walk.CENTER_ROWS,
    **surveys_walk.SURVEY_ROWS,
    **needs_desk_walk.NEEDS_DESK_ROWS,
    **needs_walk.NEEDS_ROWS,
    **needs_boards_walk.NEEDS_BOARDS_ROWS,
    **needs_learning_walk.LEARNING_ROWS,
    **NEEDS_LIKENESS_ROWS,
    **whistles_walk.WHISTLE_ROWS,
    **parts_walk.PARTS_ROWS,
    **ordering_walk.ORDERING_ROWS,
    **ordering_delivery_walk.ORDERING_DELIVERY_ROWS,
}


def delivery_of(community: Place) -> dict[str, str]:
    """What stands in the addresses of these rows for records."""
    return {
        **projects_walk.projects_of(community),
        **surveys_walk.surveys_of(community),
        **needs_desk_walk.needs_desk_of(community),
        **needs_walk.needs_of(community),
        **needs_boards_walk.needs_boards_of(community),
        **whistles_walk.whistles_of(community),
        **parts_walk.parts_of(community),
        **ordering_walk.ordering_of(community),
        **ordering_delivery_walk.delivered_of(community),
        **closing_walk.closing_of(community),
        **incubation_walk.incubation_of(community),
        **activities_walk.activities_of(community),
    }
