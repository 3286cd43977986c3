"""The pages: a slip on a phone, the open link, the desk from the draft to the table."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.surveys import queries, services
from linli.apps.surveys.kinds import read_paper
from linli.apps.surveys.models import Call, SampledHousehold, Survey, SurveyState
from linli.apps.surveys.tests.factories import Street
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


class Now(Street):
    """The same street, today: pages go by the clock on the wall."""

    def draft(self, **given: Any) -> Survey:
        now = timezone.now()
        row = {"title": "槐荫社区项目满意度", "place": self.community, "subjects": self.projects, **given}
        return services.draft_survey(**{"last_day": timezone.localdate(now), "actor": None, "at": now, **row})

    def begin(self, *, slips: int = 4, **given: Any) -> tuple[Survey, list[str]]:
        survey = self.draft(**given)
        codes = []
        if slips:
            group = services.add_group(survey, name="参加者", count=slips, actor=None)
            codes = services.issue_slips(group, actor=None)
        services.open(survey, actor=None)
        return survey, codes


@pytest.fixture
def street() -> Now:
    return Now()


def signed_in(role: Role, street: Street) -> tuple[Client, User]:
    client, user = Client(), make_user(role, street.community, password=None)
    client.force_login(user)
    return client, user


ANSWERS = {"a_1_q1": "5", "a_2_q1": "2", "a_q2": "灯再亮一点"}


def test_a_resident_answers_a_slip_on_one_page_without_signing_in(street: Now) -> None:
    survey, codes = street.begin()
    client, address = Client(), f"{reverse('surveys:answer', args=[survey.pk])}?code={codes[0]}"
    shown = client.get(address).content.decode()
    answered = client.post(address, {**ANSWERS, "code": codes[0], "in_presence": "on"})
    services.close(survey, actor=None)

    assert shown.count('type="radio"') == 12
    assert ("槐荫社区" in shown, "很满意" in shown, "<script" in shown.partition("<main")[2]) == (True, True, False)
    assert (answered.status_code, answered["Location"]) == (302, reverse("surveys:done", args=[survey.pk]))
    rates = queries.rates_of(street.projects)
    assert [rates[ref].satisfied for ref in street.projects] == [1, 0]
    assert rates[street.projects[0]].in_presence == 1


def test_it_takes_a_slip_that_is_sent_twice_calmly_and_counts_it_once(street: Now) -> None:
    survey, codes = street.begin()
    client, address = Client(), f"{reverse('surveys:answer', args=[survey.pk])}?code={codes[0]}"
    given = {**ANSWERS, "code": codes[0]}
    first, again, back = client.post(address, given), client.post(address, given), client.get(address)

    assert (first.status_code, again.status_code, back.status_code) == (302, 200, 200)
    assert "不会重复计算" in again.content.decode()
    assert "不会重复计算" in back.content.decode()
    assert queries.board_of(survey).returned == 1


def test_it_keeps_what_was_ticked_when_something_is_missing(street: Now) -> None:
    survey, codes = street.begin()
    answered = Client().post(
        reverse("surveys:answer", args=[survey.pk]), {"a_1_q1": "5", "a_q2": "很好", "code": codes[0]}
    )
    shown = answered.content.decode()

    assert answered.status_code == 422
    assert shown.count("请回答这个问题。") >= 1
    assert (shown.count("checked"), "很好" in shown) == (1, True)


def test_a_typed_code_leads_to_its_survey_and_a_wrong_one_is_refused(street: Now) -> None:
    survey, codes = street.begin()
    other, _codes = street.begin(title="另一份问卷")
    right = Client().post(reverse("surveys:enter"), {"code": f"{codes[1][:4].lower()} {codes[1][4:]}"})
    wrong = Client().post(reverse("surveys:enter"), {"code": "AAAABBBB"})

    assert right["Location"] == f"{reverse('surveys:answer', args=[survey.pk])}?code={codes[1]}"
    assert wrong.status_code == 422
    assert other.pk != survey.pk


def test_it_stops_a_network_that_tries_codes(street: Now) -> None:
    street.begin()
    answers = [Client().post(reverse("surveys:enter"), {"code": "AAAABBBB"}).status_code for _turn in range(31)]

    assert (set(answers[:30]), answers[30]) == ({422}, 429)


def test_the_open_link_says_what_it_is_and_takes_one_answer_a_device(street: Now) -> None:
    survey, _codes = street.begin(slips=0, openly=True)
    client, address = Client(), reverse("surveys:answer_openly", args=[survey.pk])
    shown = client.get(address).content.decode()
    first, again = client.post(address, ANSWERS), client.post(address, ANSWERS)
    (cookie,) = [one for name, one in client.cookies.items() if name.startswith("linli-answered")]

    assert "自愿填答" in shown
    assert (first.status_code, again.status_code) == (302, 200)
    assert "这台设备已经填过" in again.content.decode()
    assert (cookie["httponly"], cookie["path"], cookie.value.partition(":")[0]) == (True, address, "1")
    services.close(survey, actor=None)
    survey.refresh_from_db()
    assert survey.came_openly == 1


def test_a_forged_note_of_a_device_is_worth_nothing(street: Now) -> None:
    survey, _codes = street.begin(slips=0, openly=True)
    client = Client()
    client.cookies[f"linli-answered-{survey.pk.hex}"] = "1:forged"

    assert client.post(reverse("surveys:answer_openly", args=[survey.pk]), ANSWERS).status_code == 302


def test_the_open_link_takes_only_so_many_answers_an_hour_from_one_network(street: Now) -> None:
    survey, _codes = street.begin(slips=0, openly=True)
    address = reverse("surveys:answer_openly", args=[survey.pk])
    answers = [Client().post(address, ANSWERS).status_code for _turn in range(31)]

    assert (set(answers[:30]), answers[30]) == ({302}, 429)


def test_a_survey_that_is_over_says_so(street: Now) -> None:
    survey, codes = street.begin()
    services.close(survey, actor=None)
    answered = Client().post(reverse("surveys:answer", args=[survey.pk]), {**ANSWERS, "code": codes[0]})

    assert (answered.status_code, "现在不接受填答" in answered.content.decode()) == (200, True)


def test_a_worker_drafts_asks_opens_counts_and_takes_the_table_along(street: Now) -> None:
    client, _user = signed_in(Role.COMMUNITY_WORKER, street)
    drafted = client.post(reverse("surveys:new"), {
        "title": "十一月满意度", "place": street.community.pk, "template": "projects",
        "last_day": timezone.localdate().isoformat(), "subject": str(street.projects[0]),
    })  # fmt: skip
    survey = Survey.objects.get()
    one = [survey.pk]
    assert drafted["Location"] == reverse("surveys:survey", args=one)
    client.post(
        reverse("surveys:new_question", args=[*one, 2]),
        {"text": "您多大年纪？", "kind": "single", "choices": "60岁以下\n60岁及以上"},
    )
    client.post(reverse("surveys:sample", args=one), {"by": "building", "size": "6", "seed": "3"})
    stratum = survey.strata.order_by("number")[0]
    printed = client.post(reverse("surveys:slips", args=[stratum.pk]))
    doors = client.get(reverse("surveys:doors", args=[stratum.pk]))
    client.post(reverse("surveys:change", args=[*one, "open"]))
    page = client.get(reverse("surveys:survey", args=one)).content.decode()
    client.post(reverse("surveys:change", args=[*one, "close"]))
    survey.refresh_from_db()

    assert (printed["Content-Type"], doors["Content-Type"]) == ("application/pdf", "application/pdf")
    assert [len(section.questions) for section in queries.sections_of(survey)] == [1, 2]
    assert "填答中" in page
    assert survey.state == SurveyState.CLOSED
    kinds = [client.get(reverse("surveys:table", args=[*one, suffix]))["Content-Type"] for suffix in ("pdf", "xlsx")]
    assert kinds == ["application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"]


def test_a_sample_of_many_groups_is_folded(street: Now) -> None:
    survey = street.draft()
    client, _user = signed_in(Role.COMMUNITY_WORKER, street)
    address, shown = reverse("surveys:survey", args=[survey.pk]), []
    for number in range(11):
        services.add_group(survey, name=f"第{number + 1}组", count=2, actor=None)
        page = client.get(address).content.decode() if number >= 9 else ""
        shown += [(page.count("查看全部11组（发放22份）"), page.count('<th scope="row">第10组'))] if page else []
    assert shown == [(0, 1), (1, 1)]


def test_the_result_explains_its_interval_and_hides_what_few_said(street: Now) -> None:
    survey, codes = street.begin(slips=8)
    for number, code in enumerate(codes[:6]):
        more = {"q2": "多种花"} if number < 2 else {}
        services.answer(survey, code=code, answers={"1_q1": 5 if number else 1, "2_q1": 4, **more})
    services.close(survey, actor=None)
    client, _user = signed_in(Role.LEADER, street)
    page = client.get(reverse("surveys:survey", args=[survey.pk])).content.decode()

    assert ("83.3%" in page, "43.6%" in page, "97.0%" in page, "5 / 6" in page or "6份有效" in page) == (True,) * 4
    assert ("多种花" in page, "不足5份" in page) == (False, True)


def test_questions_move_up_and_away_and_stay_once_it_is_open(street: Now) -> None:
    client, _user = signed_in(Role.COMMUNITY_WORKER, street)
    survey = street.draft(template="service")
    one = survey.pk

    def texts() -> list[str]:
        survey.refresh_from_db()
        return [question.key for section in queries.sections_of(survey) for question in section.questions]

    client.post(reverse("surveys:move_question", args=[one, "q2", "up"]))
    client.post(reverse("surveys:move_question", args=[one, "q6", "remove"]))
    assert texts() == ["q2", "q1", "q3", "q4", "q5", "q7"]
    services.add_group(survey, name="参加者", count=3, actor=None)
    services.open(survey, actor=None)
    client.post(reverse("surveys:move_question", args=[one, "q1", "remove"]))
    assert texts() == ["q2", "q1", "q3", "q4", "q5", "q7"]


def test_two_people_type_a_paper_and_see_where_they_differ(street: Now) -> None:
    survey, codes = street.begin()
    (first, _one), (second, _two) = (signed_in(Role.COMMUNITY_WORKER, street) for _turn in range(2))
    address = reverse("surveys:type_paper", args=[survey.pk])
    given = {**ANSWERS, "code": codes[0]}
    assert first.post(address, given).status_code == 302
    differs = second.post(address, {**given, "a_2_q1": "4"})
    settled = second.post(address, {**given, "settle": "1"})
    services.close(survey, actor=None)

    assert (differs.status_code, "南里社区：总的来说" in differs.content.decode()) == (422, True)
    assert settled.status_code == 302
    rate = queries.rate_of(street.projects[1])
    assert rate is not None
    assert (rate.n_valid, rate.satisfied) == (1, 0)


def test_a_call_is_typed_without_saying_who_or_whom(street: Now) -> None:
    survey = street.draft()
    strata = services.draw_sample(survey, size=4, seed=1, actor=None)
    for stratum in strata:
        services.ask_by(stratum, by="call", actor=None)
    services.open(survey, actor=None)
    client, _user = signed_in(Role.COMMUNITY_WORKER, street)
    rows = list(SampledHousehold.objects.order_by("pk"))
    listed = client.get(reverse("surveys:calls", args=[survey.pk])).content.decode()
    page = client.get(reverse("surveys:call", args=[rows[0].pk])).content.decode()
    client.post(reverse("surveys:call", args=[rows[0].pk]), ANSWERS)
    client.post(reverse("surveys:call", args=[rows[1].pk]), {"outcome": "nobody"})
    services.close(survey, actor=None)

    assert listed.count("待拨打") == 4
    assert "总的来说，您对这个项目满意吗？" in page
    assert sorted(SampledHousehold.objects.values_list("call", flat=True)) == [
        Call.NOBODY, Call.REACHED, Call.WAITING, Call.WAITING,
    ]  # fmt: skip
    survey.refresh_from_db()
    assert survey.box is not None
    papers = [read_paper(row) for row in _contents(survey)]
    assert [(paper.answers["1_q1"], paper.watched) for paper in papers] == [(5, False)]


def _contents(survey: Survey) -> list[str]:
    from linli.kernel.privacy.boxes import contents

    assert survey.box is not None
    return contents(survey.box)


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_takes_the_same_queries_for_one_survey_and_for_many(
    street: Now, rows: int, django_assert_num_queries: Any
) -> None:
    for _turn in range(rows):
        street.draft()
    client, _user = signed_in(Role.COMMUNITY_WORKER, street)
    client.get(reverse("surveys:surveys"))
    with django_assert_num_queries(QUERIES):
        client.get(reverse("surveys:surveys"))


QUERIES = 5
