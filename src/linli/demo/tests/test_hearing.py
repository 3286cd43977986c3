"""The demo's year of needs: the two cases of the reports played to the end, and its rates reckoned by hand."""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.needs import services
from linli.apps.needs.models import (
    Category,
    ContactAttempt,
    HotTopic,
    Mediation,
    Need,
    NeedState,
    TrainedModel,
    Verdict,
    Whistle,
)
from linli.apps.people.models import User
from linli.kernel.deadlines.models import Deadline

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only, pytest.mark.usefixtures("in_demo")]


def test_a_year_of_needs_stands_in_every_stage(in_demo: Path) -> None:
    days = sorted(timezone.localdate(at) for at in Need.objects.values_list("received_at", flat=True))
    assert 330 <= (days[-1] - days[0]).days <= 380
    assert len({(day.year, day.month) for day in days}) >= 12
    states = set(Need.objects.values_list("state", flat=True))
    assert states >= {NeedState.RECEIVED, NeedState.HANDLING, NeedState.CLOSED}


def the_case(words: str) -> Need:
    return Need.objects.get(matter__contains=words)


def ended(need: Need) -> tuple[Any, ...]:
    """State, solved, satisfied as the resident said last, and the kinds of answers in their order."""
    last = need.verdicts.order_by("number").last()
    assert last is not None
    return need.state, last.solved, last.satisfied, list(need.answers.order_by("number").values_list("kind", flat=True))


def test_the_gate_case_is_played_to_the_end(in_demo: Path) -> None:
    need = the_case("小区东门被物业锁了")
    whistle = Whistle.objects.get(need=need)
    calls = list(whistle.calls.order_by("checked_in_at", "id"))
    assert ended(need) == (NeedState.CLOSED, True, "satisfied", ["final"])
    assert (whistle.state, bool(whistle.result), bool(whistle.instruction)) == ("closed", True, True)
    assert [bool(call.checked_in_at and call.answer and call.by_paper) for call in calls] == [True] * 3
    assert sorted(call.part for call in calls).count("leads") == 1
    assert [call.marks.filter(side="street").count() for call in calls] == [1] * 3
    moments = [need.received_at, whistle.blown_at, calls[0].checked_in_at, whistle.settled_at, need.closed_at]
    assert moments == sorted(moment for moment in moments if moment is not None)


def test_the_drainage_case_is_played_to_the_end(in_demo: Path) -> None:
    need = the_case("院里的下水管老堵")
    assert ended(need) == (NeedState.CLOSED, True, "satisfied", ["first_result", "partial", "partial", "final"])
    stages = need.stage_plan.stages.order_by("position")
    assert [stage.done_at is not None for stage in stages] == [True] * 5


def share(part: int, whole: int) -> str:
    return str((Decimal(part) / Decimal(whole) * 100).quantize(Decimal("0.0"), "ROUND_HALF_UP"))


def by_hand(needs: list[Need], now: datetime) -> tuple[str, str, str]:
    """The three rates of rules §4 from rows of attempts, limits and verdicts, need by need."""
    due: dict[UUID, datetime] = {}
    reached: dict[UUID, datetime] = {}
    said: dict[UUID, Verdict] = {}
    for row in Deadline.objects.filter(kind="first_contact").order_by("started"):
        due.setdefault(row.ref_id, row.due)
    for attempt in ContactAttempt.objects.filter(reached=True).order_by("at"):
        reached.setdefault(attempt.need_id, attempt.at)
    for verdict in Verdict.objects.filter(reached=True, is_official=False).order_by("number"):
        said[verdict.need_id] = verdict
    prompt: list[UUID] = []
    assessed: list[UUID] = []
    for need in needs:
        if need.pk in reached or due[need.pk] < now:
            assessed.append(need.pk)
            if need.pk in reached and reached[need.pk] <= due[need.pk]:
                prompt.append(need.pk)
    heard = [said[need.pk] for need in needs if need.pk in said]
    solved = [one.solved for one in heard if one.solved is not None]
    rated = [one.satisfied for one in heard if one.satisfied]
    return (
        share(len(prompt), len(assessed)),
        share(sum(solved), len(solved)),
        share(rated.count("satisfied"), len(rated)),
    )


def test_the_three_rates_reckoned_by_hand_are_those_of_the_board_and_the_published_ones(in_demo: Path) -> None:
    hard = Category.objects.exclude(sensitivity="").values("pk")
    rows = Need.objects.exclude(channel="ticket").exclude(state__in=("joined", "withdrawn")).exclude(category__in=hard)
    needs = list(rows.filter(about_kind="", street__name="临湖街道").order_by("received_at"))
    days = {need.pk: timezone.localdate(need.received_at) for need in needs}
    client = Client()
    client.force_login(User.objects.get(username="linhu.lingdao"))
    asked = {"since": str(min(days.values())), "until": str(max(days.values())), "by": "month"}
    board = client.get("/desk/needs/board/", asked).context
    counted = board["counted_at"]
    assert shown(board["whole"]) == by_hand(needs, counted)
    compared = 0
    for line in board["lines"]:
        month = [need for need in needs if (days[need.pk].year, days[need.pk].month) == (line.key.year, line.key.month)]
        assert line.counts.received == len(month)
        street = str(month[0].street_id)
        asked = {"month": f"{line.key:%Y-%m}", "street": street}
        (_official, (_title, published, _communities)) = client.get("/needs/figures/", asked).context["parts"]
        if line.counts.rated:
            assert shown(line.counts) == shown(published) == by_hand(month, counted)
            compared += 1
    assert compared >= 10


def shown(counts: Any) -> tuple[str, str, str]:
    return str(counts.response), str(counts.solution), str(counts.satisfaction)


def test_a_hot_topic_a_learned_model_and_a_quarrel_stand_to_be_looked_at(in_demo: Path) -> None:
    assert list(HotTopic.objects.values_list("count", "before")) == [(3, 0)]
    model = TrainedModel.objects.get()
    assert (model.state, model.texts == len(set(services.training_rows()))) == ("draft", True)
    assert Mediation.objects.get().steps.count() == 2
