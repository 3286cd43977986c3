"""Projects for tests, begun through the verbs."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.apps.projects import services
from linli.apps.projects.models import Project, ProjectKind
from linli.apps.projects.services import GroupText, IndicatorText, ProjectText
from linli.apps.rounds.models import ProviderKind

NOW = datetime(2026, 4, 1, 1, 0, tzinfo=UTC)
"""Morning of the first day."""
FIRST, LAST = date(2026, 4, 1), date(2026, 12, 15)


ASIDE = ("fund", "grounds", "agency", "agreement", "at")
"""What stands beside the text."""


def project_text(**given: Any) -> ProjectText:
    """A small contract of 5,000 yuan."""
    columns: dict[str, Any] = {
        "title": "银龄助餐",
        "kind": ProjectKind.PROFESSIONAL,
        "provider": ProviderKind.PROFESSIONAL,
        "starts_on": FIRST,
        "ends_on": LAST,
        "amount": Decimal(5000),
        "money_from": "社区工作经费",
        "indicators": [IndicatorText("助餐人次", Decimal(6000), unit="人次")],
        "groups": [GroupText("高龄独居老人", 80, "社区台账")],
        **given,
    }
    return ProjectText(**columns)


def make_project(place: Place, bearer: Organization | None = None, **given: Any) -> Project:
    """A project entered directly; the community itself carries it out where nobody is named."""
    aside = {name: given.pop(name) for name in ASIDE if name in given}
    own = {"bearer": bearer} if bearer else {"bearer_place": place}
    return services.enter_directly(place=place, text=project_text(**given), actor=None, **{"at": NOW, **own, **aside})
