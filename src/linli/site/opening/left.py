"""What is left to open: each line counted from its rows, with the page where the rest is entered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.models import Fund
from linli.apps.needs.models import Category
from linli.apps.organizations.models import Organization
from linli.apps.people.models import Person, Post
from linli.apps.places.models import Level, Place
from linli.apps.reviews.models import Expert
from linli.apps.rounds.models import Round
from linli.kernel.contributions import NavItem, contributions
from linli.kernel.deadlines.models import CalendarDay
from linli.kernel.rubric.models import Rubric
from linli.kernel.scope import Actor, Role
from linli.kernel.scope.roles import ADMINISTRATORS
from linli.kernel.ui import face

OFFICES = (Role.STREET_OFFICER, Role.SECTION_HEAD, Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)


@dataclass(frozen=True)
class Line:
    """Something a house needs before it opens: how many there are, how many it takes, who enters it and where."""

    title: Any
    who: Any
    page: str
    count: Callable[[], int]
    least: int = 1


@dataclass(frozen=True)
class Left:
    """A line as the page shows it; ``address`` is "" where the reader may not open that page."""

    title: str
    who: str
    count: int
    done: bool
    address: str


def _communities() -> int:
    return Place.objects.filter(level__in=(Level.COMMUNITY, Level.VILLAGE), valid_to__isnull=True).count()


def _administrators() -> int:
    """How many people hold one of the three posts; three are wanted, one for each."""
    posts = Post.objects.filter(role__in=sorted(ADMINISTRATORS), ended_on__isnull=True)
    return posts.order_by().values("user").distinct().count()


def _named() -> int:
    return int(face.read().name != face.Face().name)


def _days() -> int:
    return CalendarDay.objects.filter(day__year=timezone.localdate().year).count()


LINES = (
    Line(_("Name and colour of the site"), Role.SYSTEM_ADMINISTRATOR.label, "settings", _named),
    Line(
        _("Three administrators, three people"), Role.SYSTEM_ADMINISTRATOR.label, "accounts", _administrators, least=3
    ),
    Line(_("Communities"), Role.SYSTEM_ADMINISTRATOR.label, "places", _communities),
    Line(
        _("Posts of streets and communities"), Role.SYSTEM_ADMINISTRATOR.label, "posts",
        lambda: Post.objects.filter(role__in=OFFICES, ended_on__isnull=True).count(),
    ),
    Line(_("Days off of this year"), Role.SYSTEM_ADMINISTRATOR.label, "calendar", _days),
    Line(_("Organizations"), Role.STREET_OFFICER.label, "organizations", Organization.objects.count),
    Line(_("Residents"), Role.COMMUNITY_WORKER.label, "roster", lambda: Person.objects.living().count()),
    Line(_("Experts"), Role.STREET_OFFICER.label, "experts", Expert.objects.count),
    Line(_("Categories of needs"), Role.STREET_OFFICER.label, "needs", Category.objects.count),
    Line(_("Funds"), Role.FINANCE_OFFICER.label, "ledger", Fund.objects.count),
    Line(_("Rubrics of reviews"), Role.STREET_OFFICER.label, "rounds", Rubric.objects.count),
    Line(_("Rounds of projects"), Role.STREET_OFFICER.label, "rounds", Round.objects.count),
)  # fmt: skip


def what_is_left(actor: Actor) -> list[Left]:
    """Every line with its count: one query a line and one more, whatever the house holds."""
    pages = {item.name: item for item in contributions(NavItem)}
    return [_left(line, pages[line.page], actor) for line in LINES]


def _left(line: Line, page: NavItem, actor: Actor) -> Left:
    count = line.count()
    address = reverse(page.route) if page.allowed(actor, None) else ""
    return Left(str(line.title), str(line.who), count, count >= line.least, address)
