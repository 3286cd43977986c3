"""The numbers of the demo: a larger roster, its outbox, the rounds that were walked to their end."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from django.db.models import Count, Q, Sum
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker
from tests.support.sites import looking_into, made_once

from linli.apps.activities.models import HeadCount, VolunteerHours
from linli.apps.activities.queries import totals
from linli.apps.agreements.models import Agreement
from linli.apps.ledger.models import Commitment, Fund, Instalment, Payment
from linli.apps.people.models import Person, User
from linli.apps.places.models import Level, Place
from linli.apps.projects.models import ClosingGrade, Project
from linli.apps.publicity.models import NoticeLine, NoticeStage, Objection, PublicNotice
from linli.apps.reviews.models import Entry, PanelSlot, ReviewSession, ScoreSheet
from linli.apps.rounds.models import (
    AllocationPlan,
    Award,
    CoachingVisit,
    Discussion,
    Idea,
    OfficeView,
    Opening,
    Proposal,
    ResidentsChoice,
    Round,
)
from linli.apps.rounds.queries import phases_of, running, visible_to
from linli.apps.surveys.queries import rates_of
from linli.demo.proposing import on
from linli.kernel.notices.models import Delivery, DeliveryState
from linli.kernel.refs import ref_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]
RESIDENTS = 500
CLASSES = ("便民利民类", "宣传教育类", "扶贫帮困类", "卫生保健类", "文体娱乐类")
GIVEN = Decimal("1182319.20")
"""What the approval round gives in all."""


@pytest.fixture(scope="module", autouse=True)
def progress(
    set_up_home: Path,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[list[str]]:
    """What was told while the demo with a few hundred more residents was built, once for all processes of a run."""
    words = ("demo", "--residents", str(RESIDENTS))
    made = made_once(tmp_path_factory, "sizes", *words, start=set_up_home, LC_ALL="zh_CN.UTF-8")
    home = Path(shutil.copytree(made, tmp_path_factory.mktemp("sizes") / "home"))
    with looking_into(home, django_db_blocker):
        yield made.with_name("sizes-home.made").read_text(encoding="utf-8").splitlines()


def test_its_roster_holds_as_many_as_were_asked_for_and_who_asks_for_his_rights() -> None:
    assert Person.objects.living().count() == RESIDENTS + 1


def test_every_community_has_its_share() -> None:
    communities = Place.objects.filter(parent__name="临湖街道", level=Level.COMMUNITY, valid_to__isnull=True)
    empty = communities.exclude(pk__in=Person.objects.values("community"))
    assert (communities.count(), list(empty)) == (15, [])


def test_no_two_of_them_have_one_document_or_mobile() -> None:
    rows = Person.objects.living()
    prints, phones = (list(rows.values_list(column, flat=True)) for column in ("id_print", "phone_print"))
    mobiles = [one for one in phones if one]
    assert (len(set(prints)), len(set(mobiles))) == (RESIDENTS + 1, len(mobiles))


def test_it_tells_how_far_the_roster_is(progress: list[str]) -> None:
    told = [line.split("：")[1] for line in progress if " / " in line]
    assert (told[-1], len(told)) == (f"居民 {RESIDENTS} / {RESIDENTS}", 16)


def test_its_outbox_shows_what_was_told(client: Client) -> None:
    client.force_login(User.objects.get(username="xitong"), backend="django.contrib.auth.backends.ModelBackend")
    rows = client.get("/desk/notices/outbox/").context["page"].rows
    assert (len(rows), {row.state for row in rows}) == (min(30, Delivery.objects.count()), {DeliveryState.OFF})


def test_the_approval_round_has_72_projects_of_four_classes_from_26_units() -> None:
    rows = Proposal.objects.filter(round__template="approval", state="awarded")
    units = Counter(rows.values_list("place__level", "place").annotate(n=Count("id")).values_list("place__level", "n"))
    assert Counter(rows.values_list("category__title", flat=True)) == {
        "便民服务类": 30, "环境保护类": 15, "文化教育类": 15, "邻里融合类": 12,
    }  # fmt: skip
    assert units == {(Level.COMMUNITY, 3): 15, (Level.VILLAGE, 3): 5, (Level.VILLAGE, 2): 6}


def test_every_project_of_it_was_discussed_five_times_and_passed_by_four_offices() -> None:
    discussed = Discussion.objects.filter(proposal__round__template="approval").values_list("step", flat=True)
    views = OfficeView.objects.filter(check_of__proposal__round__template="approval")
    assert Counter(discussed) == dict.fromkeys(("motion", "talk", "review", "resolution", "promise"), 72)
    assert Counter(views.values_list("check_of__stage", "view")) == {("first", "pass"): 72, ("joint", "pass"): 216}


def test_what_it_gives_is_promised_and_shown_to_the_fen() -> None:
    given = Award.objects.filter(proposal__round__template="approval", ended_by=None).aggregate(n=Sum("amount"))["n"]
    fund = Fund.objects.get(code="服务2017")
    promised = Commitment.objects.filter(fund=fund).aggregate(n=Sum("amount"))["n"]
    notice = PublicNotice.objects.get(title="2017年度基层党组织服务群众项目立项公示")
    shown = NoticeLine.objects.filter(notice=notice).aggregate(n=Sum("amount"))["n"]
    assert (given, promised, shown, notice.stage) == (GIVEN, GIVEN, GIVEN, NoticeStage.CLOSED)


def test_the_contest_chose_ten_brands_of_ten_communities_in_five_classes() -> None:
    rows = Proposal.objects.filter(round__template="contest", round__year=2017)
    chosen = rows.filter(state="awarded", is_brand=True)
    assert Counter(chosen.values_list("category__title", flat=True)) == dict.fromkeys(CLASSES, 2)
    assert (rows.count(), chosen.values("place").distinct().count()) == (12, 10)


def test_the_contest_was_opened_by_two_judged_by_seven_and_supports_unequally() -> None:
    opening = Opening.objects.get(round__template="contest", round__year=2017)
    session = ReviewSession.objects.get(title="2017年首届党建项目创投大赛路演评审")
    sheets = ScoreSheet.objects.filter(entry__session=session)
    amounts = list(Award.objects.filter(proposal__round=opening.round).values_list("amount", flat=True))
    decided = AllocationPlan.objects.get(round=opening.round, state="decided")
    assert (opening.counted, opening.opened_by.username, opening.witness.username) == (12, "linhu.jiedao", "shenjishi")
    assert (session.state, sheets.count()) == ("closed", 12 * 7 - 1)
    assert (len(amounts), len(set(amounts)), sum(amounts)) == (10, 8, decided.pot - decided.left)


def test_every_score_of_the_contest_equals_the_mean_without_highest_and_lowest() -> None:
    for entry in Entry.objects.filter(session__purpose="pitch", session__state="closed", session__mode="marks"):
        marks = sorted(entry.sheets.values_list("total", flat=True))[1:-1]
        assert entry.score == (sum(marks) / len(marks)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def test_fifteen_communities_had_ideas_and_ten_proposals_of_residents_were_chosen() -> None:
    ideas = Idea.objects.filter(round__template="co_creation").values_list("state", flat=True)
    chosen = Proposal.objects.filter(round__template="co_creation", state="awarded")
    votes = Entry.objects.filter(session__mode="vote").order_by("rank", "number").values_list("yes", flat=True)
    assert Counter(ideas) == {"proposed": 15, "set_aside": 15, "new": 15}
    assert (chosen.count(), chosen.values("place").distinct().count()) == (10, 10)
    assert list(votes) == [9] + [8] * 9 + [2] * 4 + [1]


def test_each_proposal_of_theirs_was_coached_twice() -> None:
    of_2017 = Q(idea__round__year=2017) | Q(proposal__round__year=2017)
    visits = CoachingVisit.objects.filter(of_2017).values_list("agency__name", flat=True)
    assert Counter(visits) == {"临湖街道社会组织支持中心": 30}


def test_one_objection_was_answered_and_four_instalments_are_paid() -> None:
    objection = Objection.objects.get()
    paid = Payment.objects.filter(instalment__commitment__fund__code="创投2017")
    assert (objection.state, objection.consequence) == ("answered", "none")
    assert Counter(paid.values_list("instalment__share", flat=True)) == {Decimal(50): 4}


def test_ten_agreements_are_signed_over_what_was_awarded() -> None:
    signed = Agreement.objects.filter(state="signed")
    of_2017 = Award.objects.filter(proposal__round__template="contest", proposal__round__year=2017)
    awards = of_2017.aggregate(n=Sum("amount"))["n"]
    assert (signed.count(), signed.aggregate(n=Sum("amount"))["n"]) == (10, awards)
    assert Counter(signed.values_list("signature__copies", flat=True)) == {2: 10}


def test_a_call_runs_now_in_which_what_was_handed_in_lies_sealed() -> None:
    intake = Round.objects.get(state="open")
    officer = User.objects.get(username="linhu.jiedao")
    states = Counter(intake.proposals.values_list("state", "confirm_edit"))
    assert {phase.code for phase in running(phases_of(intake), timezone.now())} == {"call"}
    assert states == {("submitted", False): 2, ("draft", False): 2, ("draft", True): 1}
    assert list(visible_to(officer).filter(round=intake)) == []


def test_finance_finds_a_payment_to_enter() -> None:
    ready = Instalment.objects.filter(state="ready").values_list("commitment__title", "amount")
    assert list(ready) == [("征集辅导和路演组织服务", Decimal("10800.00"))]


def test_the_rounds_of_the_reports_are_closed() -> None:
    states = dict(Round.objects.filter(year=2017).values_list("template", "state"))
    assert states == dict.fromkeys(("approval", "co_creation", "contest"), "closed")


def test_residents_chose_in_the_contest_for_reference_by_slips_and_on_papers() -> None:
    choice = ResidentsChoice.objects.get()
    assert (choice.cast, choice.eligible, choice.typed_in, choice.share, choice.state) == (48, 60, 4, 0, "published")
    assert sum(one.votes or 0 for one in choice.projects.all()) > 96


def test_every_award_of_the_approval_round_became_one_of_72_projects_of_26_units() -> None:
    rows = Project.objects.filter(award__proposal__round__template="approval")
    assert (rows.count(), rows.values("place").distinct().count()) == (72, 26)
    assert rows.aggregate(n=Sum("amount"))["n"] == GIVEN
    assert sorted(Counter(rows.values_list("place", flat=True)).values()) == [2] * 6 + [3] * 20
    assert {one for one in rows.values_list("milestones__title", flat=True) if one is None} == set()


def came(title: str) -> list[int]:
    """How many came to each date of the activity of this title, as the heads were written down."""
    rows = HeadCount.objects.filter(occurrence__activity__title=title, occurrence__state="held")
    return list(rows.values_list("total", flat=True))


def test_72_projects_were_closed_in_four_groups_on_two_days() -> None:
    grades = list(ClosingGrade.objects.filter(ended_at=None).select_related("closing__project", "entry__panel"))
    session = ReviewSession.objects.get(purpose="closing")
    assert (session.first_day, session.last_day, session.state) == (date(2018, 4, 12), date(2018, 4, 13), "closed")
    assert sorted(Counter(one.entry.panel.name for one in grades if one.entry and one.entry.panel).values()) == [18] * 4
    assert {one.closing.project.state for one in grades} == {"closed"}
    days = PanelSlot.objects.filter(panel__session=session, entry__isnull=False).values_list("day", flat=True)
    assert (set(days), len(days)) == ({session.first_day, session.last_day}, 72)


def test_every_grade_is_the_mean_of_its_sheets_and_its_letter_follows_from_it() -> None:
    for grade in ClosingGrade.objects.filter(ended_at=None).select_related("entry"):
        marks = list(ScoreSheet.objects.filter(entry=grade.entry).values_list("total", flat=True))
        mean = (sum(marks) / len(marks)).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        letter = "A" if mean >= 85 else "B" if mean >= 60 else "C"
        assert (len(marks), grade.scored, grade.score, grade.letter) == (3, mean, mean, letter)


def test_satisfaction_of_every_project_rests_on_thirty_one_answers_of_its_unit() -> None:
    rates = rates_of([ref_of(one) for one in Project.objects.filter(closing__isnull=False)])
    assert (len(rates), {(one.n_valid, one.satisfied) for one in rates.values()}) == (72, {(31, 27)})


def test_the_lectures_of_three_months_and_what_was_done_beside_them_are_counted_by_kind() -> None:
    care, outdoors = (Project.objects.get(title=title) for title in ("产后妈妈康复小站", "亲子运动周末"))
    told = {
        one.title: totals(subjects=[ref_of(one)], since=on(11, 1, 0), until=on(2, 1, 0, year=2018))
        for one in (care, outdoors)
    }
    sessions = {kind: one.sessions for rows in told.values() for kind, one in rows.items()}
    assert sessions == {"lecture": 17, "health": 2, "family": 6}
    assert told[care.title]["lecture"].person_times == sum(came("育儿和产后健康讲座")) > 500


def test_sixteen_activities_of_the_neighbourhood_add_up_to_723_person_times() -> None:
    place = Place.objects.get(name="银杏社区")
    told = totals(place=place, since=on(1, 1, 0, year=2023), until=on(1, 1, 0, year=2024))
    sessions = {kind: one.sessions for kind, one in told.items()}
    assert sessions == {"environment": 6, "patrol": 2, "talk": 1, "training": 3, "film": 2, "volunteer": 2}
    assert sum(one.person_times for one in told.values()) == 723
    heads = HeadCount.objects.filter(occurrence__activity__place=place, occurrence__starts__year=2023)
    assert (heads.count(), sum(heads.values_list("total", flat=True))) == (16, 723)


def test_22_teams_of_140_people_gave_4232_hours() -> None:
    rows = list(VolunteerHours.objects.filter(day__year=2023).values_list("team", "people", "hours", "day__month"))
    members = {team: people for team, people, _hours, _month in rows}
    assert (len(members), sum(members.values()), sum(hours for _t, _p, hours, _m in rows)) == (22, 140, 4232)
    assert Counter(month for _t, _p, _h, month in rows) == {3: 22, 6: 22, 9: 22, 12: 22}
