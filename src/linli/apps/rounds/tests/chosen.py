"""A round with accepted proposals whose residents choose, for tests."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tests.support.remembering import remembered

from linli.apps.people import services as people
from linli.apps.people.models import DocumentKind, Person, User
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import services
from linli.apps.rounds.models import Proposal, ProposalState, ResidentsChoice, Round
from linli.apps.rounds.services import Terms, Way
from linli.apps.rounds.tests.factories import NOW, make_programme, make_round, start
from linli.kernel.scope import Role

OPENS = NOW + timedelta(days=30)
CHOOSING = OPENS + timedelta(hours=2)
"""Eleven in the morning, Chinese time: within the phase of the choice and its usual hours."""
CLOSES = OPENS + timedelta(days=7)
COUNTING = CLOSES + timedelta(hours=1)
TITLES = {"议事角": "4000.00", "助餐点": "5000.00", "共享花园": "3000.00"}
SITTING = {"body": "清河里街道党工委会议", "held_on": date(2026, 3, 1), "minutes_number": "〔2026〕3号"}


@dataclass
class Held:
    """A round, its choice and what stands on the ballot: 1 议事角, 2 助餐点, 3 共享花园."""

    district: District
    intake: Round
    choice: ResidentsChoice
    proposals: list[Proposal]

    def open(self) -> "Held":
        services.open_choice(self.choice, actor=None, at=NOW)
        return self

    def slips(self, count: int = 10, **given: Any) -> list[str]:
        given = {"place": self.district.community, **given}
        _batch, codes = services.issue_choice_slips(self.choice, count=count, actor=None, at=NOW, **given)
        return codes

    def cast(self, *picks: int, code: str = "", actor: User | None = None, at: datetime = CHOOSING, **way: Any) -> None:
        given = dict.fromkeys(picks, 1)
        services.cast_ballot(self.choice, picks=given, way=Way(code=code, **way), actor=actor, at=at)

    def close(self) -> "Held":
        services.close_choice(self.choice, actor=None, at=COUNTING)
        return self

    def votes(self) -> list[int | None]:
        return list(self.choice.projects.order_by("number").values_list("votes", flat=True))


@remembered
def make_choice(district: District | None = None, **terms: Any) -> Held:
    """A round with three accepted proposals and a choice that is prepared: two picks, by slip, unless said."""
    district = district or make_district()
    intake = make_round(make_programme(district.street), "contest", sealed=False)
    rows = []
    for number, (title, asked) in enumerate(TITLES.items(), 1):
        row = start(intake, district.community, title=title)
        Proposal.objects.filter(pk=row.pk).update(
            asked=Decimal(asked), state=ProposalState.ACCEPTED, serial=f"2026-01-{number:03d}", goal="一起办。"
        )
        row.refresh_from_db()
        rows.append(row)
    choice = services.set_up_choice(
        intake, terms=Terms(**{"most": 2, **terms}), opens_at=OPENS, closes_at=CLOSES, actor=None, at=NOW
    )
    return Held(district, intake, choice, rows)


@remembered
def make_resident(held: Held, name: str = "钱某", *, proved: bool = True, matched: bool = False, **text: Any) -> User:
    """An account of a resident of the community; proved in person and, if said, matched to the roster."""
    place = held.district.community
    user = make_user(Role.RESIDENT, place, name=name, password=None)
    worker = make_user(Role.COMMUNITY_WORKER, place, password=None)
    if proved:
        people.prove_in_person(user, document=DocumentKind.values[0], actor=worker, at=NOW)
    if matched:
        User.objects.filter(pk=user.pk).update(person=make_person(held, name, **text))
    return User.objects.get(pk=user.pk)


@remembered
def make_person(held: Held, name: str = "孙某", **text: Any) -> Person:
    """Somebody on the roster of the community."""
    given = PersonText(name=name, **{"born_on": date(1960, 5, 1), **text})
    return people.enter_person(community=held.district.community, text=given, actor=None, at=NOW)
