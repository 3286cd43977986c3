"""``build``: the demo street, made once through the verbs of the apps, in one transaction; then its jobs are run."""

import secrets
from builtins import print as print_line
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.demo import cards, streets, users
from linli.kernel.errors import Refusal
from linli.kernel.jobs.worker import run_waiting

CONSONANTS, VOWELS = "bdfghklmnprstw", "aeiu"


def build(
    *,
    print: Callable[[str], object] = print_line,  # noqa: A002 - the caller's way to print
    today: date | None = None,
) -> None:
    """Found the demo district, open its accounts, publish its cards; then name the accounts.

    It began some weeks before ``today``. Who was told what is worked through at the end, as a worker would.
    A second call changes nothing. Refuses a house that holds real places.
    """
    if not is_built():
        if Place.objects.exists():
            raise Refusal(_("This house holds real data. Build the demo in an empty LINLI_HOME."))
        with transaction.atomic():
            here = streets.found_district(today or timezone.localdate())
            people = users.open_accounts(here, password=password())
            cards.write_cards(here, people)
        run_waiting()
    print(str(_("Demo accounts (password of all: %(password)s):") % {"password": password()}))
    for username, title in accounts():
        print(f"  {username:<20} {title}")


def is_built() -> bool:
    """Whether the demo district stands in this database."""
    return Place.objects.filter(is_demo=True).exists()


def accounts() -> list[tuple[str, str]]:
    """User name and "who, role, where" of every demo account that still exists, in the language that is spoken now."""
    rows = User.objects.filter(is_demo=True, is_active=True).prefetch_related("posts__place", "posts__organization")
    return [(user.username, " · ".join((user.name, *map(_held, user.posts.all())))) for user in rows]


def _held(post: Post) -> str:
    return f"{post.where} {post.get_role_display()}"


def password() -> str:
    """The one password of this installation's demo accounts, made at random on first use and kept in a file."""
    path = Path(settings.LINLI_HOME) / "demo-accounts.txt"
    if not path.exists():
        words = "-".join(_word() for _number in range(3))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(f"{words}-{secrets.randbelow(90) + 10}\n", encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def _word() -> str:
    return "".join(secrets.choice(CONSONANTS) + secrets.choice(VOWELS) for _number in range(3))
