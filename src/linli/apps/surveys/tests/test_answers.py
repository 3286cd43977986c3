"""Answers: one a code, joined to nobody, hidden until counted; papers by two; calls; samples, asks of a year."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from linli.apps.people.tests.factories import make_user
from linli.apps.places import services as places
from linli.apps.places.tests.factories import FIRST_DAY
from linli.apps.surveys import queries, services
from linli.apps.surveys.kinds import Question, Section, check_answers, read_sections, templates, write_sections
from linli.apps.surveys.models import RatingCount, SampledHousehold, Stratum, Survey, TypedPaper
from linli.apps.surveys.tests.factories import LAST_DAY, NOW, Asked, Street, make_building
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import Person, PersonalData, contributions
from linli.kernel.errors import Conflict, Missing, NotAllowed, Refusal
from linli.kernel.privacy.models import Participation, SecretPaper
from linli.kernel.scope import Role
from linli.kernel.settings import choose
from linli.kernel.slips import Slip

pytestmark = pytest.mark.django_db
Race = Callable[[str, list[tuple[str, ...]]], list[str]]
GROUP = "参加活动的居民"


@pytest.fixture
def street() -> Street:
    return Street()


def code_of(refused: Any) -> str:
    return str(refused.value.code)


def test_a_code_is_good_once_and_a_refused_answer_uses_nothing_up(street: Street) -> None:
    asked = street.open()
    code = asked.codes[GROUP][0]
    with pytest.raises(Refusal) as refused:
        asked.answer(code, 9, 1)
    assert (code_of(refused), Slip.objects.filter(is_used=True).count()) == ("no-such-answer", 0)
    asked.answer(code, 5, 4)
    with pytest.raises(Conflict) as again:
        asked.answer(code, 1, 1)
    assert (code_of(again), SecretPaper.objects.count()) == ("used", 1)


def test_a_code_of_another_survey_opens_nothing(street: Street) -> None:
    first, second = street.open(), street.open(title="另一份")
    with pytest.raises(Missing):
        first.answer(second.codes[GROUP][0], 5, 5)


def test_answers_are_taken_until_the_last_day(street: Street) -> None:
    asked = street.open()
    for code, days in zip(asked.codes[GROUP], (0, 13, 14), strict=False):
        asked.answer(code, 5, 5, at=NOW + timedelta(days=days))
    with pytest.raises(Refusal) as refused:
        asked.answer(asked.codes[GROUP][3], 5, 5, at=NOW + timedelta(days=15))

    assert (code_of(refused), queries.board_of(asked.survey).returned, LAST_DAY) == ("not-open", 3, date(2026, 11, 16))


def test_no_row_joins_an_answer_to_a_code_a_time_or_a_person(street: Street) -> None:
    asked = street.open()
    before = AuditRow.objects.count()
    for code in asked.codes[GROUP][:3]:
        asked.answer(code, 5, 1, more={"q2": "声音太吵"})
    sealed = list(SecretPaper.objects.values_list("content", flat=True))

    assert AuditRow.objects.count() == before
    assert [slip.used_at for slip in Slip.objects.filter(is_used=True)] == [None] * 3
    assert {len(one) for one in sealed} == {len(sealed[0])}
    assert not any("声音" in one for one in sealed)
    assert {field.name for model in (SecretPaper, Participation) for field in model._meta.fields} == {
        "id", "box", "content", "participant",
    }  # fmt: skip
    slips, papers = (
        set(Slip.objects.values_list("pk", flat=True)),
        set(SecretPaper.objects.values_list("pk", flat=True)),
    )
    took = set(Participation.objects.values_list("participant", flat=True))
    assert not slips & papers
    assert not took & (slips | papers)


def test_closing_shuffles_with_new_keys_and_tells_no_stratum_by_order(street: Street) -> None:
    asked = street.open()
    for code in asked.codes[GROUP]:
        asked.answer(code, 5, 5)
    before = set(SecretPaper.objects.values_list("pk", flat=True))
    survey = asked.close()

    assert not before & set(SecretPaper.objects.values_list("pk", flat=True))
    assert [row.returned for row in survey.strata.all()] == [10]
    with pytest.raises(Conflict):
        services.close(survey, actor=None, at=NOW)


def test_two_typings_alike_count_a_paper_once(street: Street) -> None:
    asked, (first, second) = street.open(), _workers(street)
    given = {"code": asked.codes[GROUP][0], "answers": {"1_q1": 5, "2_q1": 2, "q2": "好"}, "at": NOW}

    assert services.type_paper(asked.survey, actor=first, **given) is False
    with pytest.raises(Refusal) as same:
        services.type_paper(asked.survey, actor=first, **given)
    assert code_of(same) == "same-typist"
    with pytest.raises(Refusal) as waits:
        asked.close()
    assert code_of(waits) == "papers-wait"
    assert services.type_paper(asked.survey, actor=second, **given) is True
    with pytest.raises(Conflict):
        asked.answer(asked.codes[GROUP][0], 1, 1)
    assert list(TypedPaper.objects.values_list("content", "is_counted")) == [("", True), ("", True)]
    asked.close()
    assert sum(row.valid for row in RatingCount.objects.filter(subject__number=1)) == 1


def test_papers_typed_differently_show_where_and_are_settled(street: Street) -> None:
    asked, (first, second) = street.open(), _workers(street)
    code = asked.codes[GROUP][0]
    services.type_paper(asked.survey, code=code, answers={"1_q1": 5, "2_q1": 2}, actor=first, at=NOW)
    counted = services.type_paper(asked.survey, code=code, answers={"1_q1": 4, "2_q1": 2}, actor=second, at=NOW)
    found = queries.difference(asked.survey, code)

    assert (counted, found.names if found else None) == (False, ["1_q1"])
    assert queries.waiting_of(asked.survey)[0].typists == (first.name, second.name)
    services.settle_paper(asked.survey, code=code, answers={"1_q1": 4, "2_q1": 2}, actor=second, at=NOW)
    assert queries.typed_in(asked.survey) == queries.Typed(once=0, differ=0, counted=1)


def test_a_paper_answered_on_a_phone_meanwhile_is_thrown_away(street: Street) -> None:
    asked, (first, second) = street.open(), _workers(street)
    code = asked.codes[GROUP][0]
    services.type_paper(asked.survey, code=code, answers={"1_q1": 5, "2_q1": 2}, actor=first, at=NOW)
    asked.answer(code, 3, 3)
    with pytest.raises(Conflict):
        services.type_paper(asked.survey, code=code, answers={"1_q1": 5, "2_q1": 2}, actor=second, at=NOW)
    (waiting,) = queries.waiting_of(asked.survey)
    services.type_again(asked.survey, key=waiting.key, actor=second, at=NOW)
    asked.close()
    assert sum(row.fair for row in RatingCount.objects.all()) == 2


def _workers(street: Street) -> list[Any]:
    return [make_user(Role.COMMUNITY_WORKER, street.community, password=None) for _turn in range(2)]


def test_who_typed_a_paper_is_told_to_that_person_and_nothing_else_is(street: Street) -> None:
    asked, (first, _second) = street.open(), _workers(street)
    services.type_paper(asked.survey, code=asked.codes[GROUP][0], answers={"1_q1": 5, "2_q1": 2}, actor=first, at=NOW)
    (part,) = [one for one in contributions(PersonalData) if one.name == "surveys.papers"]
    person = Person(user_id=first.pk, person_id=None)

    assert (part.find(person), part.export(person)) == (1, [{"录入问卷": "槐荫社区项目满意度"}])


def test_a_sample_is_drawn_by_building_in_proportion_and_again_the_same_for_its_seed(street: Street) -> None:
    one, other = street.draft(), street.draft(title="另一份")
    strata = services.draw_sample(one, size=9, seed=7, actor=None, at=NOW)
    services.draw_sample(other, size=9, seed=7, actor=None, at=NOW)
    homes = [
        set(SampledHousehold.objects.filter(survey=row).values_list("household", flat=True)) for row in (one, other)
    ]

    assert [(row.name, row.size, row.asked) for row in strata] == [("1号楼", 12, 6), ("2号楼", 6, 3)]
    assert (len(homes[0]), homes[0]) == (9, homes[1])
    assert (one.seed, one.layers) == (7, "building")


def test_a_sample_is_drawn_by_grid(street: Street) -> None:
    places.cover(street.district.grid, building=street.buildings[0], on=FIRST_DAY, actor=None)
    strata = services.draw_sample(street.draft(), size=6, by="grid", seed=7, actor=None, at=NOW)

    assert {row.name: (row.size, row.asked) for row in strata} == {"第一网格": (12, 4), "未划入网格": (6, 2)}


def test_a_household_is_asked_twice_a_year_answers_or_not(street: Street) -> None:
    for _turn in range(2):
        services.draw_sample(street.draft(), size=18, seed=1, actor=None, at=NOW)
    third = street.draft()
    with pytest.raises(Refusal) as refused:
        services.draw_sample(third, size=1, seed=1, actor=None, at=NOW)
    assert code_of(refused) == "too-many"
    services.draw_sample(third, size=18, seed=1, actor=None, at=NOW + timedelta(days=70))
    assert Counter(SampledHousehold.objects.values_list("year", "turn")) == {
        (2026, 1): 18,
        (2026, 2): 18,
        (2027, 1): 18,
    }


def test_a_street_chooses_how_often_a_household_is_asked(street: Street) -> None:
    officer = make_user(Role.SECTION_HEAD, street.district.street, password=None)
    choose("surveys.asks_a_year", 1, street=street.district.street.pk, actor=officer, at=NOW)
    services.draw_sample(street.draft(), size=17, seed=1, actor=None, at=NOW)
    with pytest.raises(Refusal):
        services.draw_sample(street.draft(), size=2, seed=1, actor=None, at=NOW)


def test_a_draft_that_is_dropped_frees_its_households(street: Street) -> None:
    survey = street.draft()
    services.draw_sample(survey, size=18, seed=1, actor=None, at=NOW)
    services.draw_sample(survey, size=5, seed=2, actor=None, at=NOW)
    assert SampledHousehold.objects.count() == 5
    services.drop(survey, actor=None, at=NOW)
    assert (SampledHousehold.objects.count(), Survey.objects.count()) == (0, 0)


def test_the_database_refuses_the_same_turn_of_a_household_twice(street: Street) -> None:
    services.draw_sample(street.draft(), size=18, seed=1, actor=None, at=NOW)
    row = SampledHousehold.objects.all()[0]
    other = services.add_group(street.draft(), name="别处", count=3, actor=None, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        SampledHousehold.objects.create(
            stratum=other, survey=other.survey, household=row.household, year=row.year, turn=row.turn
        )


def test_slips_are_printed_once_and_never_more_than_are_asked(street: Street) -> None:
    survey = street.draft()
    strata = services.draw_sample(survey, size=9, seed=7, actor=None, at=NOW)
    assert len(services.issue_slips(strata[0], actor=None, at=NOW)) == 6
    with pytest.raises(Refusal) as printed:
        services.issue_slips(strata[0], actor=None, at=NOW)
    with pytest.raises(Refusal) as drawn:
        services.draw_sample(survey, size=3, seed=1, actor=None, at=NOW)
    assert (code_of(printed), code_of(drawn)) == ("all-printed", "slips-printed")
    services.ask_by(strata[1], by="call", actor=None, at=NOW)
    with pytest.raises(Refusal):
        services.issue_slips(strata[1], actor=None, at=NOW)


def test_a_household_is_reached_once_by_telephone(street: Street) -> None:
    survey = street.draft()
    strata = services.draw_sample(survey, size=9, seed=7, actor=None, at=NOW)
    services.ask_by(strata[0], by="call", actor=None, at=NOW)
    services.open(survey, actor=None, at=NOW)
    row = queries.calls_of(survey)[0]
    services.note_call(row, outcome="nobody", actor=None)
    services.answer_call(row, answers={"1_q1": 5, "2_q1": 5}, actor=None, at=NOW)
    with pytest.raises(Conflict):
        services.answer_call(row, answers={"1_q1": 1, "2_q1": 1}, actor=None, at=NOW)
    assert queries.board_of(survey).returned == 1


def test_the_board_hides_small_cells_and_one_more_where_the_sum_would_tell(street: Street) -> None:
    make_building(street.community, "3号楼", 12)
    asked = street.sampled(size=30)
    for name, count in (("1号楼", 8), ("2号楼", 2), ("3号楼", 6)):
        for code in asked.codes[name][:count]:
            asked.answer(code, 5, 5)
    board = queries.board_of(asked.survey)

    assert [(line.stratum.name, line.returned) for line in board.lines] == [
        ("1号楼", 8),
        ("2号楼", None),
        ("3号楼", None),
    ]
    assert (board.returned, board.asked, board.hides) == (16, 30, True)


def test_who_keeps_no_survey_here_may_do_nothing(street: Street) -> None:
    stranger = make_user(Role.STREET_OFFICER, street.district.neighbour_street, password=None)
    reader = make_user(Role.FINANCE_OFFICER, street.district.street, password=None)
    survey = street.draft()
    for actor in (stranger, reader):
        with pytest.raises(NotAllowed):
            services.add_group(survey, name="人", count=1, actor=actor, at=NOW)
        with pytest.raises(NotAllowed):
            services.open(survey, actor=actor, at=NOW)
    assert [queries.visible_to(actor).count() for actor in (stranger, reader)] == [0, 1]


def test_a_survey_that_asks_nobody_does_not_open_and_an_open_one_keeps_its_questions(street: Street) -> None:
    survey = street.draft()
    with pytest.raises(Refusal) as nobody:
        services.open(survey, actor=None, at=NOW)
    assert code_of(nobody) == "nobody-asked"
    asked = street.open()
    with pytest.raises(Conflict):
        services.set_sections(asked.survey, sections=templates()["works"].sections, actor=None, at=NOW)


@pytest.mark.sqlite_only
def test_every_template_reads_asks_something_and_survives_being_stored() -> None:
    for template in templates().values():
        assert read_sections(write_sections(template.sections)) == template.sections
        assert any(section.questions for section in template.sections)


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (
            {"q1": "2", "q2": ["3", "1", "1"], "1_q3": 0, "q7": "  很 好 \n"},
            {"q1": 2, "q2": [1, 3], "1_q3": 0, "q7": "很 好"},
        ),
        ({"q1": 5, "1_q3": 4}, "no-such-answer"),
        ({"q1": 1}, "answer-missing"),
        ({"q1": 1, "1_q3": 4, "2_q3": 4}, "no-such-question"),
        ({"q1": 1, "1_q3": 4, "1_q6": 11}, "no-such-answer"),
        ({"q1": "一", "1_q3": 4}, "no-such-answer"),
        ({"q1": 1, "1_q3": 4, "q7": "长" * 201}, "too-long"),
    ],
)
def test_it_keeps_only_answers_a_question_knows(answers: dict[str, Any], kept: Any) -> None:
    sections = templates()["service"].sections
    if isinstance(kept, dict):
        assert check_answers(sections, 1, answers) == kept
        return
    with pytest.raises(Refusal) as refused:
        check_answers(sections, 1, answers)
    assert code_of(refused) == kept


def test_a_slip_takes_only_as_much_as_can_be_answered(street: Street) -> None:
    many = [Section("题", tuple(Question("", "rating", f"第{number}题") for number in range(16)), each=True)]
    with pytest.raises(Refusal) as refused:
        street.draft(sections=many)
    assert code_of(refused) == "too-many-questions"
    with pytest.raises(Refusal):
        street.draft(sections=[Section("题", (Question("", "single", "选哪个？", ("甲", "甲")),))])


CAST = """
import sys
from datetime import datetime
from linli.apps.surveys import services
from linli.apps.surveys.models import Survey
from linli.kernel.errors import Refusal
survey = Survey.objects.get(pk=sys.argv[1])
found = []
for code in sys.argv[2].split():
    try:
        services.answer(survey, code=code, answers=services.grades(survey, 5), at=datetime.fromisoformat(sys.argv[3]))
        found.append("y")
    except Refusal as refusal:
        found.append(refusal.code[0])
print("".join(found))
"""


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_code_counts_once_when_two_phones_send_it_at_once(race: Race) -> None:
    asked: Asked = Street().open(group=12)
    args = (str(asked.survey.pk), " ".join(asked.codes[GROUP]), NOW.isoformat())
    first, second = (text.strip() for text in race(CAST, [args, args]))

    assert [{one, other} for one, other in zip(first, second, strict=True)] == [{"y", "u"}] * 12
    assert (SecretPaper.objects.count(), Participation.objects.count()) == (12, 12)
    asked.close()
    assert Stratum.objects.get().returned == 12
    assert connection.in_atomic_block is False
