"""``build``: the demo street, made once through the verbs of the apps, in one transaction; then its jobs are run."""

import secrets
from builtins import print as print_line
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.apps.projects.models import Project
from linli.demo import (
    approvals,
    before,
    bodies,
    buying,
    calls,
    cards,
    center,
    closing,
    contest,
    delivery,
    editions,
    figures,
    hearing,
    homes,
    ideas,
    menus,
    party,
    rights,
    streets,
    support,
    telling,
    thisyear,
    users,
)
from linli.demo import residents as roster
from linli.demo.streets import Here, first_day_before
from linli.kernel.errors import Refusal
from linli.kernel.jobs.worker import run_waiting

Step = tuple[str | Promise, Callable[[], object]]
MANY = 5_000
"""From so many residents on every estate has doors, so that they live behind some."""
CONSONANTS, VOWELS = "bdfghklmnprstw", "aeiu"


Say = Callable[[str], object]


def silence(_line: str) -> None:
    """Say nothing."""


def build(*, print: Say = print_line, progress: Say = silence, today: date | None = None, residents: int = 0) -> None:  # noqa: A002 - the caller's way to print
    """Found the demo district, fill it step by step, publish its cards; then name the accounts.

    It began some weeks before ``today``. Who was told what is worked through at the end, as a worker would.
    ``residents``: how many the roster holds at least (0: the few hundred that show everything, and four projects closed
    of 72). ``progress`` hears
    of each step. A second call changes nothing. Refuses a house that holds real places.
    """
    if not is_built():
        if Place.objects.exists():
            raise Refusal(_("This house holds real data. Build the demo in an empty LINLI_HOME."))
        today = today or timezone.localdate()
        _build(Here(first_day_before(today), today), residents=residents, progress=progress)
    print(str(_("Demo accounts (password of all: %(password)s):") % {"password": password()}))
    for username, title in accounts():
        print(f"  {username:<20} {title}")


def _build(here: Here, *, residents: int, progress: Say) -> None:
    """All steps in one transaction; then the jobs that wait."""
    language = get_language()

    def tell(place: str, number: int, all_: int) -> None:
        with override(language):
            said = {"place": place, "number": f"{number:,}", "all": f"{all_:,}"}
            progress("  " + _("%(place)s: %(number)s of %(all)s residents") % said)

    steps = _steps(here, residents, tell)
    with transaction.atomic():
        for number, (title, step) in enumerate(steps, start=1):
            progress(str(_("Step %(number)s of %(all)s: %(title)s") % _said(number, steps, title)))
            with override(settings.LANGUAGE_CODE):  # what is recorded is Chinese, whatever the terminal speaks
                step()
    progress(str(_("Step %(number)s of %(all)s: %(title)s") % _said(len(steps) + 1, steps, _("telling who is told"))))
    with override(settings.LANGUAGE_CODE):
        run_waiting()


def _said(number: int, steps: list[Step], title: str | Promise) -> dict[str, object]:
    return {"number": number, "all": len(steps) + 1, "title": title}


def _steps(here: Here, residents: int, tell: Callable[[str, int, int], None]) -> list[Step]:
    secret = password()
    begun: list[Project] = []

    def officer() -> User:
        return here.people["linhu.jiedao"]

    return [
        (_("places"), lambda: streets.found_district(here)),
        (_("accounts"), lambda: users.open_accounts(here, password=secret)),
        (_("organizations"), lambda: bodies.enter_organizations(here)),
        (_("accounts of organizations"), lambda: users.open_accounts_of_organizations(here, password=secret)),
        (_("estates, buildings and doors"), lambda: homes.build_homes(here, officer(), all_doors=residents > MANY)),
        (_("figures"), lambda: figures.enter_figures(here, officer())),
        (_("residents and rolls"), lambda: roster.enter_residents(here, residents=residents, tell=tell)),
        (_("what is known of organizations"), lambda: bodies.tell_of_organizations(here, officer())),
        (_("contact cards"), lambda: cards.write_cards(here)),
        (_("party organizations"), lambda: party.found_party_organizations(here)),
        (_("a resident's rights"), lambda: rights.use_rights(here)),
        (_("skills and handovers"), lambda: rights.work_on(here)),
        (_("substitutes"), lambda: users.arrange_substitutes(here)),
        (_("projects of earlier years"), lambda: before.take_over(here)),
        (_("the approval round of 2017"), lambda: approvals.walk_approvals(here)),
        (_("the co-creation of 2017"), lambda: ideas.walk_ideas(here)),
        (_("the contest of 2017"), lambda: contest.walk_contest(here)),
        (_("projects, activities and hours"), lambda: begun.extend(delivery.deliver(here))),
        (_("the closing review"), lambda: closing.close_projects(here, begun, everything=residents > 0)),
        (_("what is told of the closed year"), lambda: telling.tell_of_the_year(here)),
        (_("two more editions of the contest"), lambda: editions.walk_editions(here)),
        (_("projects of this year"), lambda: thisyear.live(here)),
        (_("a year of needs"), lambda: hearing.hear(here)),
        (_("menus and orders"), lambda: menus.write_menus(here)),
        (_("work sheets and who takes them on"), lambda: buying.buy_services(here)),
        (_("the center's months and stars"), lambda: center.run_center(here)),
        (_("desks, services and training of the center"), lambda: support.support_center(here)),
        (_("a call that runs now"), lambda: calls.open_call(here)),
    ]


def is_built() -> bool:
    """Whether the demo district stands in this database."""
    return Place.objects.filter(is_demo=True).exists()


def accounts() -> list[tuple[str, str]]:
    """User name and "who, role, where" of every demo account that still exists, in the language that is spoken now."""
    rows = User.objects.filter(is_demo=True, is_active=True).prefetch_related("posts__place", "posts__organization")
    return [(user.username, " · ".join((user.name, *map(_held, user.posts.all())))) for user in rows]


def _held(post: Post) -> str:
    return f"{post.where} {post.get_role_display()}"


def password_file() -> Path:
    """Where the password of the demo accounts lies, in the home of this house."""
    return Path(settings.LINLI_HOME) / "demo-accounts.txt"


def password() -> str:
    """The one password of this installation's demo accounts, made at random on first use and kept in a file."""
    path = password_file()
    if not path.exists():
        words = "-".join(_word() for _number in range(3))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"{words}-{secrets.randbelow(90) + 10}\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _word() -> str:
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _number in range(3))
