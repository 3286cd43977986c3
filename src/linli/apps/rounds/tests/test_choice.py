"""The residents' choice: admission, one ballot each, secrecy, papers by two, anomalies, its share, who is asked."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from linli.algorithms.allocation import equal_shares, greedy
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_houses
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import ChoiceCount, ChoiceShare, PaperVoter, Phase, ResidentsChoice, TypedBallot
from linli.apps.rounds.services import Way
from linli.apps.rounds.tests.chosen import (
    CHOOSING,
    CLOSES,
    COUNTING,
    OPENS,
    SITTING,
    Held,
    make_choice,
    make_person,
    make_resident,
)
from linli.apps.rounds.tests.factories import NOW
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import Person as Asked
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.privacy.models import Participation, SecretPaper
from linli.kernel.scope import Role
from linli.kernel.slips.models import Slip

pytestmark = pytest.mark.django_db
Race = Callable[[str, list[tuple[str, ...]]], list[str]]


@pytest.fixture
def held() -> Held:
    return make_choice().open()


def code_of(refused: Any) -> str:
    return str(refused.value.code)


def test_it_counts_what_was_cast_by_slip(held: Held) -> None:
    codes = held.slips(5)
    for code, picks in zip(codes, [(1, 2), (1,), (2,), (1, 3)], strict=False):
        held.cast(*picks, code=code)
    held.close()
    assert (held.votes(), held.choice.cast, held.choice.eligible) == ([3, 2, 1], 4, 5)


def test_it_has_a_phase_of_its_own_on_the_line() -> None:
    made = make_choice()
    phase = Phase.objects.get(round=made.intake, code="choice")
    assert (phase.opens, phase.opens_at, phase.closes_at, phase.title) == (["choose"], OPENS, CLOSES, "居民评选")
    assert list(made.intake.phases.order_by("order").values_list("order", flat=True)) == list(range(1, 8))


def test_a_round_has_one_choice(held: Held) -> None:
    with pytest.raises(Conflict) as refused:
        services.set_up_choice(held.intake, terms=services.Terms(), opens_at=OPENS, closes_at=CLOSES, actor=None)
    assert code_of(refused) == "choice-stands"


@pytest.mark.parametrize("moment", [OPENS - timedelta(minutes=1), CLOSES])
def test_ballots_are_taken_while_the_phase_runs(held: Held, moment: Any) -> None:
    code = held.slips(1)[0]
    with pytest.raises(Refusal) as refused:
        held.cast(1, code=code, at=moment)
    assert (code_of(refused), Slip.objects.filter(is_used=True).count()) == ("phase-closed", 0)


def test_a_slip_is_good_once(held: Held) -> None:
    code = held.slips(2)[0]
    held.cast(1, code=code)
    with pytest.raises(Conflict) as refused:
        held.cast(2, code=code.lower())
    assert (code_of(refused), SecretPaper.objects.count()) == ("used", 1)
    with pytest.raises(Missing):
        held.cast(2, code="ABCDEFGH")


@pytest.mark.parametrize("picks", [(), (1, 2, 3), (4,), (0,)])
def test_wrong_picks_leave_the_slip_unused(held: Held, picks: tuple[int, ...]) -> None:
    code = held.slips(1)[0]
    with pytest.raises(Refusal):
        held.cast(*picks, code=code)
    held.cast(3, code=code)
    assert SecretPaper.objects.count() == 1


def test_points_are_divided_up_to_their_sum() -> None:
    held = make_choice(kind="points", most=5).open()
    one, other = held.slips(2)
    with pytest.raises(Refusal, match="5"):
        services.cast_ballot(held.choice, picks={1: 4, 2: 2}, way=Way(code=one), actor=None, at=CHOOSING)
    services.cast_ballot(held.choice, picks={1: 4, 2: 1}, way=Way(code=one), actor=None, at=CHOOSING)
    services.cast_ballot(held.choice, picks={2: 5}, way=Way(code=other), actor=None, at=CHOOSING)
    held.close()
    assert list(held.choice.projects.order_by("number").values_list("votes", "points")) == [(1, 4), (2, 6), (0, 0)]
    assert queries.votes_in(held.intake) == {held.proposals[0].pk: 4, held.proposals[1].pk: 6, held.proposals[2].pk: 0}


def test_by_the_roster_everybody_takes_part_once() -> None:
    held = make_choice(admission="roster").open()
    resident = make_resident(held, matched=True)
    held.cast(1, actor=resident)
    with pytest.raises(Conflict) as refused:
        held.cast(2, actor=resident)
    assert code_of(refused) == "taken-part"
    assert Participation.objects.get().participant == resident.person_id
    held.cast(2, actor=make_resident(held, "李某"))
    told = "1人以未与花名册比对的账号参加，无法与纸质选票核对。"
    assert queries.anomalies_of(held.choice) == [told]


@pytest.mark.parametrize(
    ("resident", "code"),
    [
        ({"proved": False}, "not-proved"),
        ({"matched": True, "born_on": date(2012, 1, 1)}, "too-young"),
        (None, "sign-in"),
    ],
)
def test_by_the_roster_it_says_who_may_not(resident: dict[str, Any] | None, code: str) -> None:
    held = make_choice(admission="roster").open()
    actor = None if resident is None else make_resident(held, **resident)
    with pytest.raises(NotAllowed) as refused:
        held.cast(1, actor=actor)
    assert code_of(refused) == code


def test_by_the_roster_a_neighbouring_street_does_not_choose() -> None:
    held = make_choice(admission="roster").open()
    stranger = make_user(Role.STREET_OFFICER, held.district.neighbour_street, password=None)
    with pytest.raises(NotAllowed) as refused:
        held.cast(1, actor=stranger)
    assert code_of(refused) == "other-community"


def test_phone_and_paper_are_one_turn_together() -> None:
    held = make_choice(admission="roster").open()
    resident, person = make_resident(held, matched=True), make_person(held)
    services.hand_out_paper(held.choice, person=person, actor=None, at=CHOOSING)
    held.cast(1, actor=resident)
    for one in (person, resident.person):
        with pytest.raises(Conflict) as refused:
            services.hand_out_paper(held.choice, person=one, actor=None, at=CHOOSING)
        assert code_of(refused) == "taken-part"
    assert PaperVoter.objects.count() == 1


def typists(held: Held) -> tuple[Any, Any]:
    worker = make_user(Role.COMMUNITY_WORKER, held.district.community, password=None)
    return worker, make_user(Role.STREET_OFFICER, held.district.street, password=None)


def test_papers_are_typed_by_two_and_differences_settled(held: Held) -> None:
    one, other = typists(held)
    for code in held.slips(3):
        services.hand_out_paper(held.choice, code=code, actor=one, at=CHOOSING)
    assert services.type_paper(held.choice, number=1, picks={1: 1}, actor=one) is False
    with pytest.raises(Refusal) as refused:
        services.type_paper(held.choice, number=1, picks={1: 1}, actor=one)
    assert code_of(refused) == "same-typist"
    assert services.type_paper(held.choice, number=1, picks={1: 1}, actor=other) is True
    services.type_paper(held.choice, number=2, picks={1: 1}, actor=one)
    services.type_paper(held.choice, number=2, picks={2: 1}, actor=other)
    found = queries.difference(held.choice, 2)
    assert found is not None
    assert (found.first, found.second) == ({1: 1}, {2: 1})
    assert [one.state for one in queries.typings_of(held.choice)] == ["counted", "differs", "none"]
    with pytest.raises(Refusal) as waiting:
        held.close()
    assert code_of(waiting) == "papers-wait"
    services.settle_paper(held.choice, number=2, picks={2: 1}, actor=one)
    held.close()
    assert (held.votes(), held.choice.cast) == ([1, 1, 0], 2)
    assert set(TypedBallot.objects.values_list("content", flat=True)) == {""}
    assert queries.anomalies_of(held.choice) == ["发出的纸质选票有1张没有收回。"]


def test_never_more_papers_than_were_given_out(held: Held) -> None:
    one, _other = typists(held)
    services.hand_out_paper(held.choice, code=held.slips(1)[0], actor=one, at=CHOOSING)
    with pytest.raises(Refusal) as refused:
        services.type_paper(held.choice, number=2, picks={1: 1}, actor=one)
    assert code_of(refused) == "too-many-papers"
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentsChoice.objects.update(typed_in=2)


def test_a_spoiled_paper_counts_as_cast_for_nobody(held: Held) -> None:
    one, other = typists(held)
    services.hand_out_paper(held.choice, code=held.slips(1)[0], actor=one, at=CHOOSING)
    for typist in (one, other):
        services.type_paper(held.choice, number=1, picks={}, actor=typist)
    held.close()
    assert (held.votes(), held.choice.cast) == ([0, 0, 0], 1)


def test_nothing_is_known_before_it_is_counted(held: Held) -> None:
    held.cast(1, code=held.slips(1)[0])
    assert (queries.ballots_of(held.intake), queries.votes_in(held.intake), held.votes()) == (None, {}, [None] * 3)
    with pytest.raises(Conflict):
        queries.pb_of(held.choice)
    with pytest.raises(Refusal) as refused:
        services.close_choice(held.choice, actor=None, at=CHOOSING)
    assert code_of(refused) == "still-running"


def test_no_row_joins_a_voter_and_a_ballot() -> None:
    held = make_choice(admission="roster").open()
    before = AuditRow.objects.count()
    residents = [make_resident(held, f"吴{name}", matched=True) for name in "甲乙丙丁"]
    told = AuditRow.objects.count()
    for number, resident in enumerate(residents):
        held.cast(1 + number % 3, actor=resident)
    assert (AuditRow.objects.count() - told, told > before) == (0, True)
    assert [field.name for field in SecretPaper._meta.get_fields()] == ["id", "box", "content"]
    voters = [str(one.person_id) for one in residents]
    with connection.cursor() as cursor:
        for table in ("privacy_secretpaper", "rounds_choicecount"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = [str(row).replace("-", "") for row in cursor.fetchall()]
            assert [row for row in rows if any(key.replace("-", "") in row for key in voters)] == []
    held.close()
    assert {row.version for row in SecretPaper.objects.values_list("id", flat=True)} == {4}


def test_its_ballots_are_an_election_of_the_rules(held: Held) -> None:
    for code, picks in zip(held.slips(4), [(1, 2), (1,), (3,), (1, 3)], strict=True):
        held.cast(*picks, code=code)
    held.close()
    found = queries.ballots_of(held.intake, budget=Decimal(7000))
    assert found is not None
    keys = [str(one.pk) for one in held.proposals]
    assert (found.ids, found.ballots, found.money(found.budget)) == (tuple(sorted(keys)), 4, 7000)
    assert set(greedy(found).winners) == {keys[0], keys[2]}
    assert set(equal_shares(found).winners) == {keys[0]}


def test_it_is_for_reference_unless_a_decision_before_the_opening_says_more() -> None:
    held = make_choice()
    assert queries.share_of(held.intake) == 0
    services.decide_share(held.choice, share=Decimal(20), actor=None, at=NOW, **SITTING)
    assert queries.share_of(held.intake) == 20
    held.open()
    with pytest.raises(Conflict):
        services.decide_share(held.choice, share=Decimal(10), actor=None, at=NOW, **SITTING)
    assert ChoiceShare.objects.get().share == 20


@pytest.mark.parametrize(
    ("given", "code"),
    [({"share": Decimal(31)}, "share-too-large"), ({"share": Decimal(0)}, "share-too-large"),
     ({"minutes_number": " "}, "refused"), ({"body": ""}, "refused"), ({"held_on": date(2026, 3, 20)}, "refused")],
)  # fmt: skip
def test_a_share_needs_grounds_and_is_thirty_at_most(given: dict[str, Any], code: str) -> None:
    held = make_choice()
    with pytest.raises(Refusal) as refused:
        services.decide_share(held.choice, **{"share": Decimal(20), **SITTING, **given}, actor=None, at=NOW)
    assert (code_of(refused), ChoiceShare.objects.count()) == (code, 0)


def test_a_share_mixes_into_scores() -> None:
    held = make_choice()
    services.decide_share(held.choice, share=Decimal(25), actor=None, at=NOW, **SITTING)
    held.open()
    for code, picks in zip(held.slips(3), [(1, 2), (1,), (1, 2)], strict=True):
        held.cast(*picks, code=code)
    scores = dict(zip((one.pk for one in held.proposals), map(Decimal, (60, 90, 80)), strict=True))
    assert queries.mixed(held.intake, scores) == scores
    held.close()
    mixed = queries.mixed(held.intake, scores)
    assert [str(mixed[one.pk]) for one in held.proposals] == ["70.00", "84.17", "60.00"]


def test_it_does_not_open_over_sealed_proposals_or_without_any() -> None:
    held = make_choice()
    held.choice.round.is_sealed = True
    with pytest.raises(Refusal) as sealed:
        held.open()
    held.choice.round.is_sealed = False
    held.intake.proposals.update(state="submitted")
    with pytest.raises(Refusal) as empty:
        held.open()
    assert (code_of(sealed), code_of(empty)) == ("sealed", "no-projects")


def test_it_does_not_put_a_telephone_before_the_public() -> None:
    held = make_choice()
    held.intake.proposals.filter(serial="2026-01-002").update(goal="联系王某 13800000001")
    with pytest.raises(Refusal) as refused:
        held.open()
    assert code_of(refused) == "not-for-the-public"


def test_what_strikes_is_told_in_figures(held: Held) -> None:
    houses = make_houses(held.district.community)
    make_person(held, household=houses["building"].households.get())
    codes = held.slips(12, building=houses["building"])
    for number, code in enumerate(codes[:11]):
        held.cast(1, code=code, device=f"a{number % 2}", at=CHOOSING + timedelta(seconds=number))
    held.cast(1, code=codes[11], at=OPENS + timedelta(hours=15))
    told = [
        "第1批（槐荫社区怡和园2号楼）：十分钟内用去11张。",
        "同一设备投出6张选票。",
        "同一设备投出5张选票。",
        "常规时间（6:00—22:00）以外投出1张选票。",
        "第1批（槐荫社区怡和园2号楼）：用去12张，多于花名册上的1人。",
    ]
    assert queries.anomalies_of(held.choice) == told
    held.close()
    assert (queries.anomalies_of(held.choice), ChoiceCount.objects.count()) == (told, 0)


def test_my_data_tell_that_i_took_part_and_forget_it_once_counted() -> None:
    held = make_choice(admission="roster").open()
    resident = make_resident(held, matched=True)
    held.cast(1, actor=resident)
    part = next(one for one in contributions(PersonalData) if one.name == "rounds.choice")
    asked = Asked(user_id=resident.pk, person_id=resident.person_id)
    assert (part.find(asked), part.export(asked)) == (1, [{"参加居民评选": held.intake.title}])
    assert (bool(part.erase(asked)), part.find(asked)) == (True, 1)
    held.close()
    assert (part.erase(asked), part.find(asked), held.votes()) == ("", 0, [1, 0, 0])


def test_only_keepers_open_and_only_the_table_types(held: Held) -> None:
    worker, _officer = typists(held)
    stranger = make_user(Role.COMMUNITY_WORKER, held.district.neighbour_community, password=None)
    with pytest.raises(NotAllowed):
        services.close_choice(held.choice, actor=worker, at=COUNTING)
    with pytest.raises(NotAllowed):
        services.hand_out_paper(held.choice, code=held.slips(1)[0], actor=stranger, at=CHOOSING)


CAST = """
import sys
from datetime import datetime
from linli.apps.people.models import User
from linli.apps.rounds import services
from linli.apps.rounds.models import ResidentsChoice
from linli.kernel.errors import Refusal
choice = ResidentsChoice.objects.select_related("round__place", "phase").get()
actor = User.objects.get(pk=sys.argv[2]) if sys.argv[2] else None
try:
    services.cast_ballot(choice, picks={int(sys.argv[3]): 1}, way=services.Way(code=sys.argv[1]), actor=actor,
                         at=datetime.fromisoformat(sys.argv[4]))
    print("cast")
except Refusal as refusal:
    print(refusal.code)
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("admission", ["slip", "roster"])
def test_two_processes_cast_one_ballot(race: Race, admission: str) -> None:
    held = make_choice(admission=admission).open()
    code = held.slips(1)[0] if admission == "slip" else ""
    voter = str(make_resident(held, matched=True).pk) if admission == "roster" else ""
    answers = race(CAST, [(code, voter, str(pick), CHOOSING.isoformat()) for pick in (1, 2)])
    second = "used" if admission == "slip" else "taken-part"
    assert sorted(answer.strip() for answer in answers) == sorted(["cast", second])
    assert SecretPaper.objects.count() == 1


def test_the_terms_have_no_name_of_a_person() -> None:
    assert [field.name for field in fields(Way)] == ["code", "device"]
