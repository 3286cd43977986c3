"""Needs for tests, received through the verb."""

from datetime import UTC, datetime
from typing import Any

from linli.apps.needs import services
from linli.apps.needs.models import Category, Channel, Limit, Need
from linli.apps.needs.services import ContactText, Received
from linli.apps.places.models import Place

NOW = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
"""Nine o'clock in the morning of a working Wednesday."""
MATTER = "2号楼三单元的路灯不亮，晚上回家看不见台阶。"
CALLER = ContactText(name="何素芬", phone="13800010001", address="2号楼3单元502")


def make_category(code: str = "0101", **given: Any) -> Category:
    """A category at the top of the tree; 7 days, ordinary, on the community's list."""
    columns = {"name": f"类别{code}", "limit": Limit.DAYS_7, **given}
    return Category.objects.get_or_create(code=code, defaults=columns)[0]


def receive_need(place: Place, **given: Any) -> Received:
    """What :func:`services.receive` gives for a neighbour's word about a lamp."""
    columns: dict[str, Any] = {
        "street": place.street or place,
        "place": place,
        "matter": MATTER,
        "channel": Channel.HOTLINE,
        "contact": CALLER,
        "actor": None,
        "at": NOW,
        **given,
    }
    return services.receive(**columns)


def make_need(place: Place, **given: Any) -> Need:
    """A need that came in."""
    return receive_need(place, **given).need
