"""Rate and size: counted by token and minute, cut before anything is read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from linli.kernel.api.limits import count
from linli.kernel.api.models import ApiToken, TokenUse
from linli.kernel.api.problems import Problem

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 22, 4, 0, 20, tzinfo=UTC)


def test_it_answers_429_beyond_the_limit_and_says_when_to_come_back(token: ApiToken, settings: Any) -> None:
    settings.LINLI_API_CALLS_A_MINUTE = 2
    count(token, at=NOON)
    count(token, at=NOON)
    with pytest.raises(Problem) as stopped:
        count(token, at=NOON)
    assert (stopped.value.status, stopped.value.headers) == (429, {"Retry-After": "40"})


def test_it_counts_anew_in_the_next_minute(token: ApiToken, settings: Any) -> None:
    settings.LINLI_API_CALLS_A_MINUTE = 1
    count(token, at=NOON)
    count(token, at=NOON + timedelta(seconds=40))
    assert TokenUse.objects.get().calls == 1


def test_it_answers_through_the_door_with_a_problem(caller: Any, settings: Any) -> None:
    settings.LINLI_API_CALLS_A_MINUTE = 0
    TokenUse.objects.update(minute=10**9)
    caller.get("/groups")
    found = caller.get("/groups")
    assert (found.status_code, found["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(found["Retry-After"]) <= 60


def test_it_counts_refused_calls_too(caller: Any) -> None:
    caller.post("/groups", {"name": "refused"})
    assert TokenUse.objects.get().calls == 1


def test_it_answers_413_to_a_body_beyond_a_million_bytes(caller: Any) -> None:
    found = caller.post("/groups", b" " * 1_000_001)
    assert found.status_code == 413
