"""The steps of the first page: places, name and colour, three administrators, done. Each is taken once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import User
from linli.apps.people.services import give_post, issue_password, open_account
from linli.apps.places.models import Level
from linli.apps.places.services.taking_over import Entry, take_list
from linli.kernel.audit import Keep, register_action
from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.events import record
from linli.kernel.scope import Role
from linli.kernel.settings import choose
from linli.kernel.ui import face
from linli.site.opening import queries
from linli.site.opening.models import FirstRun
from linli.site.opening.services.beginning import mark
from linli.site.opening.services.shipping import ships, take_shipped

register_action(
    "opening.places",
    _("founded the district and its streets"),
    keep=Keep.FOR_EVER,
    words={"code": _("code"), "count": _("places founded")},
)
register_action("opening.administrators", _("named the three administrators"), keep=Keep.FOR_EVER)
register_action("opening.finish", _("finished setting up"), keep=Keep.FOR_EVER)

ROLES = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR)


@dataclass(frozen=True)
class Administrator:
    """One of the three: which role, who, and the user name."""

    role: Role
    name: str
    username: str


def _take(claim: str, step: str, at: datetime) -> None:
    """Take one step of the run, first in the transaction, so that a second window waits and then loses."""
    column = f"{step}_at"
    free = FirstRun.objects.filter(claim=claim, finished_at__isnull=True, **{f"{column}__isnull": True})
    if not claim or not free.update(**{column: at}):
        raise Conflict(_("This step was taken in another window. The page shows how far it is now."), code="taken")


def found_places(claim: str, *, entries: Sequence[Entry], at: datetime | None = None) -> None:
    """The district, its streets and what else was listed, in one go. Refuses no district, two, or no street."""
    moment = at or timezone.now()
    levels = [entry.level for entry in entries]
    if levels.count(Level.DISTRICT) != 1:
        raise Refusal(_("A house belongs to one district: name exactly one."), field="code")
    if Level.STREET not in levels:
        raise Refusal(_("Name at least one street or town of the district."), field="places")
    with transaction.atomic():
        _take(claim, "places", moment)
        take_list(entries, actor=None)
        top = next(entry for entry in entries if entry.level == Level.DISTRICT)
        record("opening.places", None, actor=None, facts={"code": top.code, "count": len(entries)}, at=moment)


def name_house(claim: str, *, name: str, colour: str, at: datetime | None = None) -> None:
    """Name and colour of every page. Refuses a colour white letters cannot be read on, with the nearest that can."""
    moment = at or timezone.now()
    with transaction.atomic():
        _take(claim, "named", moment)
        for setting, value in ((face.NAME, name), (face.COLOUR, colour)):
            choose(setting, value, actor=None, at=moment)


def appoint(
    claim: str, people: Sequence[Administrator], *, at: datetime | None = None
) -> list[tuple[Administrator, str]]:
    """Open the accounts of the three administrators; each with its first password, to be handed over on paper.

    Refuses two roles for one person. The second step is set up at the first sign-in.
    """
    moment = at or timezone.now()
    _require_three(people)
    with transaction.atomic():
        _take(claim, "administrators", moment)
        district = queries.district()
        if district is None:
            raise Missing(_("Name the district first."))
        made = []
        for one in people:
            user = open_account(username=one.username, name=one.name, password=None, actor=None, at=moment)
            give_post(user=user, role=one.role, place=district, actor=None, at=moment)
            made.append((one, issue_password(user, actor=None, at=moment)))
        record("opening.administrators", None, actor=None, at=moment)
    return made


def _require_three(people: Sequence[Administrator]) -> None:
    if sorted(one.role for one in people) != sorted(ROLES):
        raise Refusal(_("Name one person for each of the three administrators."))
    for column in ("name", "username"):
        seen: set[str] = set()
        for one in people:
            word = str(getattr(one, column)).strip().casefold()
            if word in seen:
                raise Refusal(
                    _("The three administrators are three different people. Name somebody else here."),
                    code="two-administrator-roles",
                    field=f"{one.role}_{column}",
                )
            seen.add(word)


def new_first_password(claim: str, user: User, *, at: datetime | None = None) -> str:
    """Another first password for an administrator whose slip was lost before the first sign-in. Refuses later."""
    with transaction.atomic():
        if not claim or not FirstRun.objects.filter(claim=claim, finished_at__isnull=True).update(claim=claim):
            raise Conflict(_("This step was taken in another window. The page shows how far it is now."), code="taken")
        if not User.objects.filter(pk=user.pk, must_change_password=True).exists():
            raise Refusal(_("This person has chosen a password already."))
        return issue_password(user, actor=None, at=at)


def finish(claim: str, *, shipped: bool = False, at: datetime | None = None) -> None:
    """Close the first page for good; from now on one signs in. Refuses what is missing.

    ``shipped`` takes the categories and score sheets that come with the house along.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        ready = FirstRun.objects.filter(
            claim=claim, finished_at__isnull=True, places_at__isnull=False, administrators_at__isnull=False
        )
        if not claim or not ready.update(finished_at=moment, claim=""):
            raise Conflict(_("This step was taken in another window. The page shows how far it is now."), code="taken")
        if shipped and ships():
            take_shipped(actor=None, at=moment)
        record("opening.finish", None, actor=None, at=moment)
    mark().unlink(missing_ok=True)
