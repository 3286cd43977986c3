"""Settings: declared limits, layers, dates, who may choose, what a round keeps."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.playground.actors import Somebody

from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import new_key
from linli.kernel.scope import Anchor, Role
from linli.kernel.settings import Declared, choose, copy_values, declare, look, value_of
from linli.kernel.settings.models import ChosenValue

pytestmark = pytest.mark.django_db
DAYS, SHARES, MODE = "playground.notice_days", "playground.tranches", "playground.mode"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ADMIN = Somebody(held=frozenset({(Role.SYSTEM_ADMINISTRATOR, Anchor())}))


def test_it_gives_the_declared_default_where_nobody_chose() -> None:
    found = look([DAYS])[DAYS]
    assert (found.value, found.level, found.missing) == (5, None, False)


def test_it_refuses_to_guess_where_the_figure_must_be_chosen() -> None:
    with pytest.raises(Refusal) as refused:
        value_of(SHARES)
    assert refused.value.code == "must-choose"
    assert look([SHARES])[SHARES].missing


def test_it_prefers_the_record_over_the_street_over_the_installation() -> None:
    street, record = new_key(), new_key()
    choose(DAYS, 6, actor=None, at=NOON)
    choose(DAYS, 7, actor=None, street=street, at=NOON)
    assert [value_of(DAYS), value_of(DAYS, street=street), value_of(DAYS, street=new_key())] == [6, 7, 6]
    choose(MODE, "拨付制", actor=None, street=street, record=record, at=NOON)
    assert (value_of(MODE, street=street, record=record), value_of(MODE, street=street)) == ("拨付制", "报账制")


def test_it_answers_as_of_a_moment() -> None:
    choose(DAYS, 7, actor=None, at=NOON)
    assert (value_of(DAYS, at=NOON - timedelta(seconds=1)), value_of(DAYS, at=NOON)) == (5, 7)


def test_it_keeps_the_copied_values_of_a_round_when_the_street_changes_its_mind() -> None:
    street, record = new_key(), new_key()
    choose(DAYS, 7, actor=None, street=street, at=NOON)
    choose(SHARES, "50,40,10", actor=None, street=street, at=NOON)
    assert copy_values([DAYS, SHARES], to=record, street=street, at=NOON) == 2
    choose(DAYS, 9, actor=None, street=street, at=NOON + timedelta(days=1))
    assert value_of(DAYS, street=street, record=record) == 7
    assert value_of(SHARES, street=street, record=record) == [Decimal(50), Decimal(40), Decimal(10)]


def test_it_copies_nothing_when_a_value_must_still_be_chosen() -> None:
    with pytest.raises(Refusal):
        copy_values([DAYS, SHARES], to=new_key(), street=new_key())
    assert ChosenValue.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        (DAYS, 0),
        (DAYS, 31),
        (DAYS, "five"),
        (DAYS, 5.5),
        (DAYS, True),
        (DAYS, None),
        (SHARES, "50,40"),
        (SHARES, "50,,50"),
        (SHARES, "NaN,100"),
        (SHARES, "-10,110"),
        (MODE, "现金"),
    ],
)
def test_it_refuses_a_value_outside_the_declaration(name: str, raw: Any) -> None:
    with pytest.raises(Refusal):
        choose(name, raw, actor=None)
    assert (ChosenValue.objects.count(), AuditRow.objects.count()) == (0, 0)


def test_it_records_before_and_after_for_ever() -> None:
    choose(DAYS, 7, actor=ADMIN, reason="区里统一要求")
    row = AuditRow.objects.get()
    assert (row.action, row.sealed_by, facts_of(row)[0]) == (
        "settings.value.choose",
        "",
        {"title": "公示天数", "before": 5, "after": 7, "reason": "区里统一要求"},
    )


def test_it_lets_the_section_head_choose_for_the_own_street_only() -> None:
    mine = new_key()
    head = Somebody(held=frozenset({(Role.SECTION_HEAD, Anchor(place=mine))}))
    choose(DAYS, 7, actor=head, street=mine)
    for other in (new_key(), None):
        with pytest.raises(NotAllowed):
            choose(DAYS, 8, actor=head, street=other)
    assert ChosenValue.objects.count() == 1


def test_it_refuses_a_level_the_declaration_does_not_reach() -> None:
    with pytest.raises(Refusal):
        choose(DAYS, 7, actor=None, street=new_key(), record=new_key())


@pytest.mark.parametrize("name", ["playground.unheard_of"])
def test_it_fails_on_a_name_nobody_declared(name: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        value_of(name)
    with pytest.raises(ImproperlyConfigured):
        choose(name, 1, actor=None)


def test_it_fails_at_start_when_a_default_breaks_its_own_limits() -> None:
    with pytest.raises(ImproperlyConfigured):
        declare(Declared("playground.bad", "坏", int, 40, source="", grade="K", least=1, most=30))


def test_it_fails_at_start_when_a_name_is_declared_twice() -> None:
    with pytest.raises(ImproperlyConfigured):
        declare(Declared(DAYS, "又一个", int, 4, source="", grade="K"))


def test_it_looks_up_every_setting_in_one_query() -> None:
    with CaptureQueriesContext(connection) as seen:
        look(street=new_key(), record=new_key())
    assert len(seen) == 1


def test_it_lets_the_database_refuse_a_street_value_without_a_street() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChosenValue.objects.create(name=DAYS, level=1, value=5, valid_from=NOON)
