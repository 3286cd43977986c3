"""Switches that stay off: on by a document for a time only, off by themselves, told to everybody."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.playground.actors import Somebody

from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.refs import new_key
from linli.kernel.scope import Anchor, Role
from linli.kernel.settings import Declared, choose, declare, look, switch_off_ended, switches, value_of
from linli.kernel.settings.models import ChosenValue

pytestmark = pytest.mark.django_db
PHOTOS = "burden.compulsory_photos"
NAMES = ("burden.attendance_by_place", PHOTOS, "burden.missed_duty_alerts")
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
LAST = date(2026, 6, 30)
ADMIN = Somebody(held=frozenset({(Role.SYSTEM_ADMINISTRATOR, Anchor())}))
GIVEN: dict[str, Any] = {"document": "清政办发〔2026〕12号", "ends_on": LAST, "at": NOON}


def test_they_are_off_where_nobody_turned_them_on() -> None:
    assert [value_of(name) for name in NAMES] == [False, False, False]
    assert [(one.declared.name, one.on, one.past) for one in switches()] == [(name, [], []) for name in sorted(NAMES)]


@pytest.mark.parametrize("document", ["", "   ", "领导口头同意的", "12号"])
def test_it_is_not_turned_on_without_the_number_of_a_document(document: str) -> None:
    with pytest.raises(Refusal) as refused:
        choose(PHOTOS, True, actor=ADMIN, document=document, ends_on=LAST, at=NOON)
    assert (refused.value.field, ChosenValue.objects.count(), AuditRow.objects.count()) == ("document", 0, 0)


@pytest.mark.parametrize("ends_on", [None, date(2026, 5, 31), date(2027, 6, 3)])
def test_it_is_not_turned_on_without_an_end_within_a_year(ends_on: date | None) -> None:
    with pytest.raises(Refusal) as refused:
        choose(PHOTOS, True, actor=ADMIN, document=GIVEN["document"], ends_on=ends_on, at=NOON)
    assert (refused.value.field, ChosenValue.objects.count()) == ("ends_on", 0)


def test_only_who_chooses_settings_turns_it_on() -> None:
    with pytest.raises(NotAllowed):
        choose(PHOTOS, True, actor=Somebody(held=frozenset({(Role.COMMUNITY_SECRETARY, Anchor())})), **GIVEN)


def test_it_is_on_to_its_last_day_and_off_the_day_after_before_anything_ran() -> None:
    choose(PHOTOS, True, actor=ADMIN, **GIVEN)
    last = datetime(2026, 6, 30, 15, 59, tzinfo=UTC)  # 23:59 in Shanghai
    moments = (NOON - timedelta(seconds=1), NOON, last, last + timedelta(minutes=1))
    assert [value_of(PHOTOS, at=at) for at in moments] == [False, True, True, False]


def test_it_is_on_in_the_street_of_the_document_alone_and_off_again_though_the_district_is_on() -> None:
    street, other = new_key(), new_key()
    choose(PHOTOS, True, actor=ADMIN, street=street, **GIVEN)
    assert [value_of(PHOTOS, street=one, at=NOON) for one in (street, other, None)] == [True, False, False]
    choose(PHOTOS, True, actor=ADMIN, **GIVEN | {"ends_on": LAST + timedelta(days=30)})
    later = NOON + timedelta(days=40)
    assert [value_of(PHOTOS, street=one, at=later) for one in (street, other)] == [False, True]


def test_turning_it_off_asks_for_nothing() -> None:
    choose(PHOTOS, True, actor=ADMIN, **GIVEN)
    choose(PHOTOS, False, actor=ADMIN, at=NOON + timedelta(days=1))
    assert look([PHOTOS], at=NOON + timedelta(days=1))[PHOTOS].value is False
    assert [row.document for row in switches(at=NOON + timedelta(days=1))[1].past] == [GIVEN["document"]]


def test_the_record_says_by_which_document_and_until_when() -> None:
    choose(PHOTOS, True, actor=ADMIN, reason="专项行动", **GIVEN)
    facts = facts_of(AuditRow.objects.get())[0]
    assert (facts["document"], facts["ends_on"], facts["after"]) == (GIVEN["document"], "2026-06-30", True)


def test_the_clock_notes_its_end_once() -> None:
    street = new_key()
    choose(PHOTOS, True, actor=ADMIN, street=street, **GIVEN)
    after = datetime(2026, 7, 1, 1, tzinfo=UTC)
    assert [switch_off_ended(at=at) for at in (NOON, after, after + timedelta(hours=1))] == [0, 1, 0]
    row = ChosenValue.objects.latest("valid_from")
    assert (row.value, row.scope_id, row.reason) == (
        False,
        street,
        "文件规定的期限已到，系统自动关闭（清政办发〔2026〕12号）",
    )
    assert AuditRow.objects.filter(chain=f"street:{street}").count() == 2


def test_the_database_refuses_a_document_without_an_end() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ChosenValue.objects.create(name=PHOTOS, level=0, value=True, valid_from=NOON, document="x")


def test_a_switch_that_begins_on_fails_at_start() -> None:
    with pytest.raises(ImproperlyConfigured):
        declare(Declared("playground.watching", "盯人", bool, True, source="", grade="K", by_document=True))


def test_everybody_reads_where_it_is_on_and_by_which_document(client: Client) -> None:
    page = client.get("/switches/").content.decode()
    assert page.count("全部关闭</span>") == 3
    ends_on = datetime.now(UTC).date() + timedelta(days=30)
    choose(PHOTOS, True, actor=ADMIN, document=GIVEN["document"], ends_on=ends_on)
    with CaptureQueriesContext(connection) as seen:
        page = client.get("/switches/").content.decode()
    assert (page.count("全部关闭</span>"), GIVEN["document"] in page, len(seen)) == (2, True, 1)
