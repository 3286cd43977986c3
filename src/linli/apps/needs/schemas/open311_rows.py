"""Categories and needs as Open311 shows them: where to a community, the point to about a hundred metres."""

from linli.apps.needs.models import Category, Need, NeedState
from linli.apps.needs.queries.open311 import public_words
from linli.apps.needs.schemas.open311 import ROUNDED, RequestShape, ServiceShape, instant
from linli.apps.places.models import Level

ENDED = (NeedState.ANSWERED, NeedState.CLOSED, NeedState.JOINED)


def service_of(row: Category) -> ServiceShape:
    """A category as the standard shows it."""
    group = row.parent.name if row.parent is not None else None
    return ServiceShape(row.code, row.name, description=row.hint or None, group=group)


def request_of(need: Need, unit: str | None) -> RequestShape:
    """A need as the standard shows it; ``unit`` follows it to the end. Of its words those a person has shown."""
    category, place = need.category, need.place
    assert category is not None  # only those are shown
    while place.parent is not None and place.level in (Level.GRID, Level.POINT):
        place = place.parent
    return RequestShape(
        service_request_id=str(need.pk), status="closed" if need.state in ENDED else "open",
        service_code=category.code, service_name=category.name, requested_datetime=str(instant(need.received_at)),
        updated_datetime=instant(need.closed_at or need.answered_at or need.analysed_at),
        expected_datetime=instant(need.promised), agency_responsible=unit, status_notes=str(need.get_state_display()),
        description=public_words(need) or None,
        address=str(place), address_id=place.code, lat=_rounded(need.latitude), long=_rounded(need.longitude),
    )  # fmt: skip


def _rounded(figure: object) -> float | None:
    return None if figure is None else round(float(str(figure)), ROUNDED)
