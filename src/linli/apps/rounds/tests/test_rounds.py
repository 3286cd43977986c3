"""A round comes from a template as data; its dated phases open and close what may be done."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from linli.apps.organizations.tests.factories import make_agency
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import queries, services
from linli.apps.rounds.kinds import phases_of, template_from, templates
from linli.apps.rounds.models import Phase, Programme, ProgrammeWord, Proposal, Round, RoundState, WordKind
from linli.apps.rounds.tests.factories import NOW, discuss, fill, make_programme, make_proposal, make_round, start
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.scope import Role
from linli.kernel.settings import choose, value_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def programme(district: District) -> Programme:
    return make_programme(district.street)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("code", "phases"),
    [
        ("contest", "征集 初审 路演 研究决定 公示 签约"),
        ("approval", "需求征集 四议一承诺 申报 初审退改 联审 党工委审定 区级备案 批复 公示 实施"),
        ("co_creation", "金点子 辅导 提案 社区初选 街道决选 公示 支持"),
    ],
)
def test_it_ships_three_templates_as_data(code: str, phases: str) -> None:
    assert " ".join(phase.title for phase in templates()[code].phases) == phases


@pytest.mark.sqlite_only
def test_it_leaves_out_and_repeats_phases_as_a_template_says() -> None:
    call = {"code": "call", "title": "征集", "days": 9, "opens": ["propose"], "repeat": 2}
    filing = {"code": "filing", "title": "备案", "days": 9, "opens": ["file"], "optional": True}
    shape = template_from(
        {"code": "t", "title": "", "lead": "", "sealed": False, "requires": [], "offices": [], "phases": [call, filing]}
    )
    assert [phase.code for phase in phases_of(shape)] == ["call", "call", "filing"]
    assert [phase.code for phase in phases_of(shape, skip=["filing"])] == ["call", "call"]


def test_it_refuses_to_leave_out_what_the_template_needs(programme: Programme) -> None:
    with pytest.raises(Refusal) as refused:
        services.set_up_round(programme, template="approval", title="甲", year=2026, skip=["call"], actor=None)
    assert refused.value.field == "skip"


def test_it_sets_a_round_up_without_an_optional_phase(programme: Programme) -> None:
    intake = services.set_up_round(programme, template="approval", title="甲", year=2026, skip=["filing"], actor=None)
    assert "filing" not in [phase.code for phase in queries.phases_of(intake)]
    assert (intake.state, intake.number, intake.requires) == (
        RoundState.DRAFTED,
        1,
        ["survey", "discussions", "indicators", "budget"],
    )


def test_it_repeats_a_phase_right_after_itself(programme: Programme) -> None:
    intake = services.set_up_round(programme, template="contest", title="甲", year=2026, actor=None)
    call = queries.phases_of(intake)[0]
    services.repeat_phase(call, actor=None)
    assert [phase.code for phase in queries.phases_of(intake)][:3] == ["call", "call", "check"]
    assert [phase.order for phase in queries.phases_of(intake)] == list(range(1, 8))


def test_it_opens_nothing_before_between_and_after_its_phases(programme: Programme) -> None:
    intake = make_round(programme)
    call = Phase.objects.get(round=intake, code="call")
    assert call.opens_at is not None
    assert call.closes_at is not None
    assert "propose" in queries.open_doors(intake, call.opens_at)
    assert "propose" not in queries.open_doors(intake, call.opens_at - timedelta(seconds=1))
    assert "propose" not in queries.open_doors(intake, call.closes_at)


def test_it_opens_nothing_in_a_phase_left_out(programme: Programme) -> None:
    intake = make_round(programme)
    services.skip_phase(Phase.objects.get(round=intake, code="call"), reason="并入下一批", actor=None)
    assert queries.open_doors(intake, NOW) == set()


def test_it_keeps_a_phase_without_end_open(programme: Programme) -> None:
    intake = make_round(programme, kind="rolling")
    call = Phase.objects.get(round=intake, code="call")
    services.date_phase(call, opens_at=NOW, closes_at=None, actor=None)
    assert "propose" in queries.open_doors(intake, NOW + timedelta(days=2000))


def test_it_refuses_a_phase_that_closes_before_it_opens(programme: Programme) -> None:
    phase = Phase.objects.get(round=make_round(programme), code="call")
    with pytest.raises(Refusal):
        services.date_phase(phase, opens_at=NOW, closes_at=NOW, actor=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.filter(pk=phase.pk).update(opens_at=NOW, closes_at=NOW)


def test_it_tells_a_late_proposer_since_when_it_is_closed(programme: Programme, district: District) -> None:
    intake = make_round(programme)
    with pytest.raises(queries.DoorClosed) as refused:
        start(intake, district.community, at=NOW + timedelta(days=19))
    assert "2026-03-29 09:00" in str(refused.value)


def test_it_lets_somebody_in_late_by_an_access_code_once(programme: Programme, district: District) -> None:
    intake = make_round(programme, skip=[])
    services.save_section(start(intake, district.community), seen=None, actor=None)  # a draft from before
    late = NOW + timedelta(days=19, hours=1)
    first, second = (_complete(intake, place) for place in (district.community, district.other_community))
    phase = Phase.objects.get(round=intake, code="check")
    services.skip_phase(phase, reason="试验", actor=None)
    (code,) = services.issue_late_codes(
        intake, count=1, expires=late + timedelta(days=1), reason="停电", actor=None, at=late
    )
    services.submit(first, code=code, actor=None, at=late)
    assert (first.state, first.is_late) == ("submitted", True)
    with pytest.raises(Conflict):
        services.submit(second, code=code, actor=None, at=late)
    assert Proposal.objects.get(pk=second.pk).state == "draft"


def _complete(intake: Round, place: Place) -> Proposal:
    return discuss(fill(start(intake, place)))


def test_it_refuses_a_code_of_another_round(programme: Programme, district: District) -> None:
    intake, other = make_round(programme), make_round(programme, title="另一轮")
    late = NOW + timedelta(days=19, hours=1)
    services.skip_phase(Phase.objects.get(round=intake, code="check"), reason="试验", actor=None)
    proposal = _complete(intake, district.community)
    (code,) = services.issue_late_codes(
        other, count=1, expires=late + timedelta(days=1), reason="停电", actor=None, at=late
    )
    with pytest.raises(Missing):
        services.submit(proposal, code=code, actor=None, at=late)


@pytest.mark.parametrize("kind", ["midyear", "recall"])
def test_it_adds_to_and_recalls_a_round_by_a_round(programme: Programme, kind: str) -> None:
    intake = make_round(programme)
    again = services.set_up_round(
        programme, template="approval", title="增补", year=2026, kind=kind, base=intake, actor=None
    )
    assert (again.base, again.number) == (intake, 2)
    with pytest.raises(Refusal) as refused:
        services.set_up_round(programme, template="approval", title="无主", year=2026, kind=kind, actor=None)
    assert refused.value.field == "base"


def test_it_rolls_a_year_over_in_one_verb(programme: Programme, district: District) -> None:
    intake = make_round(programme, communities=[district.community])
    services.assign_agency(intake, agency=make_agency(district.street), communities=[district.community], actor=None)
    new = services.roll_over(intake, actor=None)
    intake.refresh_from_db()
    assert (intake.state, new.year, new.previous, new.state) == ("closed", 2027, intake, "drafted")
    assert new.title == "清河里公益创投2027年度"
    dates = [phase.opens_at for phase in queries.phases_of(new)]
    before = [phase.opens_at for phase in queries.phases_of(intake)]
    assert [one.year - two.year for one, two in zip(dates, before, strict=True) if one and two] == [1] * 10
    assert [row.community for row in new.communities.all()] == [district.community]
    assert [row.community for row in queries.assignments_of(new)] == [district.community]
    with pytest.raises(Conflict):
        services.roll_over(intake, actor=None)


def test_it_moves_the_leap_day_to_the_first_of_march(programme: Programme) -> None:
    intake = services.set_up_round(programme, template="contest", title="2028", year=2028, actor=None)
    leap = datetime(2028, 2, 29, 1, 0, tzinfo=UTC)
    services.date_phase(queries.phases_of(intake)[0], opens_at=leap, closes_at=None, actor=None)
    new = services.roll_over(intake, actor=None)
    moved = queries.phases_of(new)[0].opens_at
    assert moved is not None
    assert timezone.localtime(moved).date() == date(2029, 3, 1)


def test_it_copies_the_figures_of_the_street_when_it_opens(programme: Programme, district: District) -> None:
    intake = make_round(programme)
    choose("rounds.per_proposer", 7, street=district.street.pk, actor=None)
    assert value_of("rounds.per_proposer", street=district.street.pk) == 7
    assert queries.values_of(intake)["rounds.per_proposer"] == 1


def test_it_keeps_the_words_of_a_programme_as_its_own_rows(programme: Programme) -> None:
    intake = make_round(programme)
    services.add_word(programme, kind="theme", title="多彩文化", year=2026, actor=None)
    services.add_word(programme, kind="theme", title="多彩邻里", year=2027, actor=None)
    classes = queries.words_of(intake, WordKind.CLASS)
    assert [word.title for word in classes] == ["便民利民类", "宣传教育类", "扶贫帮困类", "卫生保健类", "文体娱乐类"]
    assert [word.title for word in queries.words_of(intake, WordKind.THEME)] == ["多彩文化"]
    services.end_word(ProgrammeWord.objects.get(title="文体娱乐类"), actor=None)
    assert queries.words_of(intake, WordKind.CLASS).count() == 4
    with pytest.raises(Refusal):
        services.add_word(programme, kind="class", title="便民利民类", actor=None)


def test_it_lets_only_the_street_set_rounds_up(programme: Programme, district: District) -> None:
    worker = make_user(Role.COMMUNITY_WORKER, district.community)
    with pytest.raises(NotAllowed):
        services.set_up_round(programme, template="contest", title="甲", year=2026, actor=worker)
    officer = make_user(Role.STREET_OFFICER, district.street)
    services.set_up_round(programme, template="contest", title="甲", year=2026, actor=officer)
    assert list(queries.rounds_visible_to(worker)) == []
    assert [one.title for one in queries.rounds_visible_to(officer)] == ["甲"]


def test_it_counts_what_was_handed_in_and_nothing_more(programme: Programme, district: District) -> None:
    intake = make_round(programme)
    make_proposal(intake, district.community)
    start(intake, district.other_community)
    assert queries.counts_of([intake]) == {intake.pk: 1}
