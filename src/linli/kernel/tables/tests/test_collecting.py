"""Collections: forms go out with a code, come back to their unit, are read, typed, accepted, sent back, reminded."""

import io
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from tests.playground.forms import BENCHES
from tests.playground.models import Shop

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.kernel.slips.codes import show
from linli.kernel.tables import collecting
from linli.kernel.tables.bound import write_docx, write_workbook
from linli.kernel.tables.collecting import Collection, CollectionUnit, UnitState
from linli.kernel.tables.collecting.tasks import find_tasks

pytestmark = pytest.mark.django_db
DUE = timezone.now() + timedelta(days=7)
VALUES = {
    "count": 12,
    "seen_on": "2026-03-05",
    "kind": "wood",
    "note": "含花园",
    "broken": [{"where": "东门", "seats": 2}],
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(scope="module")
def house(module_db: None) -> SimpleNamespace:
    """A street with two communities, its officer, a worker of each community, and an open collection."""
    area = make_district()
    officer = make_user(Role.STREET_OFFICER, area.street, name="周某某")
    worker = make_user(Role.COMMUNITY_WORKER, area.community)
    other = make_user(Role.COMMUNITY_WORKER, area.other_community)
    stranger = make_user(Role.STREET_OFFICER, area.neighbour_street)
    opened = collecting.open_collection(
        "playground.benches", title="座椅清点", place=area.street.pk, due_at=DUE, actor=officer
    )
    return SimpleNamespace(area=area, officer=officer, worker=worker, other=other, stranger=stranger, collection=opened)


def unit_of(house: Any, place: Any) -> CollectionUnit:
    return CollectionUnit.objects.select_related("collection").get(collection=house.collection, place_id=place.pk)


@pytest.fixture
def unit(house: Any) -> CollectionUnit:
    return unit_of(house, house.area.community)


def filled(unit: CollectionUnit | None, **other: Any) -> io.BytesIO:
    return io.BytesIO(write_docx(BENCHES, code=show(unit.code) if unit else "", values={**VALUES, **other}))


def handed_in(house: Any, unit: CollectionUnit, **other: Any) -> CollectionUnit:
    return collecting.hand_in(unit, filled(unit, **other), name="表.docx", actor=house.worker)


def test_it_asks_every_community_of_the_street_and_tells_who_fills_in(house: Any) -> None:
    labels = list(house.collection.units.order_by("id").values_list("label", "state"))
    assert labels == [("槐荫社区", "waiting"), ("南里社区", "waiting")]
    told = set(Notice.objects.filter(kind="tables.collection.open").values_list("recipient", flat=True))
    assert told == {house.worker.pk, house.other.pk}


@pytest.mark.parametrize(
    ("given", "code"), [({"title": " "}, ""), ({"due_at": timezone.now()}, "due"), ({"units": []}, "no-units")]
)
def test_it_opens_nothing_that_is_not_whole(house: Any, given: dict[str, Any], code: str) -> None:
    asked: dict[str, Any] = {"title": "座椅", "due_at": DUE, "place": house.area.street.pk, **given}
    with pytest.raises(Refusal) as refused:
        collecting.open_collection("playground.benches", actor=house.officer, **asked)
    assert (code in ("", refused.value.code), Collection.objects.count()) == (True, 1)


def test_it_lets_nobody_collect_from_another_street(house: Any) -> None:
    with pytest.raises(NotAllowed):
        collecting.open_collection(
            "playground.benches", title="座椅", place=house.area.street.pk, due_at=DUE, actor=house.stranger
        )


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_it_finds_the_unit_by_the_code_on_the_form_that_left(house: Any, unit: CollectionUnit, suffix: str) -> None:
    upload = io.BytesIO(collecting.blank(unit, suffix))
    assert collecting.find_unit(upload, collecting.units_visible_to(house.worker)) == unit
    assert collecting.find_unit(upload, collecting.units_visible_to(house.other)) is None


@pytest.mark.parametrize("write", [write_docx, write_workbook])
def test_it_reads_the_form_field_by_field(house: Any, unit: CollectionUnit, write: Any) -> None:
    upload = io.BytesIO(write(BENCHES, code=show(unit.code), values=VALUES))
    collecting.hand_in(unit, upload, name="座椅", actor=house.worker)
    assert (unit.state, unit.values, unit.grids, unit.problems, unit.returned_by) == (
        UnitState.RETURNED,
        {"count": 12, "seen_on": "2026-03-05", "kind": "wood", "note": "含花园"},
        {"broken": [{"where": "东门", "seats": 2}]},
        [],
        house.worker.pk,
    )


def test_it_refuses_the_form_of_another_unit_and_keeps_nothing(house: Any, unit: CollectionUnit) -> None:
    other = unit_of(house, house.area.other_community)
    with pytest.raises(Refusal) as refused:
        collecting.hand_in(unit, filled(other), actor=house.worker)
    unit.refresh_from_db()
    assert (refused.value.code, unit.state, StoredFile.objects.count()) == ("other-unit", UnitState.WAITING, 0)


def test_it_lets_only_the_unit_or_who_collects_hand_in(house: Any, unit: CollectionUnit) -> None:
    for actor in (house.other, house.stranger):
        with pytest.raises(NotAllowed):
            collecting.hand_in(unit, filled(unit), actor=actor)
    assert collecting.hand_in(unit, filled(unit), actor=house.officer).state == UnitState.RETURNED


def test_it_attaches_what_cannot_be_read_and_has_its_fields_typed_once(house: Any, unit: CollectionUnit) -> None:
    collecting.hand_in(unit, io.BytesIO(PDF), name="扫描.pdf", actor=house.worker)
    assert (unit.state, unit.values, bool(unit.reason), StoredFile.objects.get().pk) == (
        UnitState.ATTACHED, {}, True, unit.file_id,
    )  # fmt: skip
    with pytest.raises(Conflict):
        collecting.accept(unit, actor=house.officer)
    collecting.type_in(unit, {"count": "１２", "seen_on": "2026年3月5日"}, actor=house.worker)
    assert (unit.state, unit.typed, unit.values["count"], unit.values["seen_on"]) == (
        UnitState.RETURNED, True, 12, "2026-03-05",
    )  # fmt: skip


def test_it_takes_no_typed_field_that_is_wrong(house: Any, unit: CollectionUnit) -> None:
    with pytest.raises(Conflict):
        collecting.type_in(unit, {"count": "3"}, actor=house.worker)
    collecting.hand_in(unit, io.BytesIO(PDF), name="扫描.pdf", actor=house.worker)
    with pytest.raises(Refusal) as refused:
        collecting.type_in(unit, {"count": "很多"}, actor=house.worker)
    unit.refresh_from_db()
    assert (refused.value.code, unit.state) == ("fields", UnitState.ATTACHED)


def test_it_accepts_nothing_with_problems_until_they_are_corrected(house: Any, unit: CollectionUnit) -> None:
    handed_in(house, unit, count="很多")
    assert [(one["column"], one["code"]) for one in unit.problems] == [("count", "not-whole")]
    with pytest.raises(Refusal):
        collecting.accept(unit, actor=house.officer)
    collecting.type_in(unit, {"count": "12"}, actor=house.worker)
    collecting.accept(unit, actor=house.officer)
    assert (unit.state, list(Shop.objects.values_list("name", "seats"))) == (
        UnitState.ACCEPTED, [("槐荫社区", 12)],
    )  # fmt: skip


def test_it_accepts_nothing_that_the_app_refuses(house: Any, unit: CollectionUnit) -> None:
    handed_in(house, unit, count=101)
    with pytest.raises(Refusal), transaction.atomic():
        collecting.accept(unit, actor=house.officer)
    unit.refresh_from_db()
    assert (unit.state, Shop.objects.count()) == (UnitState.RETURNED, 0)


def test_it_changes_nothing_of_an_accepted_form(house: Any, unit: CollectionUnit) -> None:
    collecting.accept(handed_in(house, unit), actor=house.officer)
    for late in (
        lambda: handed_in(house, unit, count=13),
        lambda: collecting.accept(unit, actor=house.officer),
        lambda: collecting.send_back(unit, reason="重填", actor=house.officer),
    ):
        with pytest.raises(Conflict):
            late()
    assert (unit.values["count"], Shop.objects.count()) == (12, 1)


def test_it_accepts_no_file_that_was_replaced_while_it_was_read(house: Any, unit: CollectionUnit) -> None:
    seen = handed_in(house, unit)
    handed_in(house, unit_of(house, house.area.community), count=99)
    with pytest.raises(Conflict):
        collecting.accept(seen, actor=house.officer)


def test_it_sends_back_with_a_reason_and_takes_the_form_again(house: Any, unit: CollectionUnit) -> None:
    handed_in(house, unit)
    with pytest.raises(Refusal):
        collecting.send_back(unit, reason="  ", actor=house.officer)
    collecting.send_back(unit, reason="缺东院", actor=house.officer)
    told = Notice.objects.filter(kind="tables.collection.send_back").values_list("recipient", flat=True)
    assert (unit.state, unit.reason, list(told)) == (UnitState.SENT_BACK, "缺东院", [house.worker.pk])
    assert handed_in(house, unit).state == UnitState.RETURNED


def test_it_reminds_a_unit_at_most_once_a_day(house: Any, unit: CollectionUnit) -> None:
    handed_in(house, unit)
    now = timezone.now()
    assert collecting.remind(house.collection, actor=house.officer, at=now) == 1
    with pytest.raises(Refusal):
        collecting.remind(house.collection, actor=house.officer, at=now)
    assert collecting.remind(house.collection, actor=house.officer, at=now + timedelta(days=1)) == 1
    told = Notice.objects.filter(kind="tables.collection.remind").values_list("recipient", flat=True)
    assert (list(told), unit_of(house, house.area.other_community).reminders) == ([house.other.pk] * 2, 2)


def test_it_takes_nothing_after_it_was_closed_but_still_accepts_what_came(house: Any, unit: CollectionUnit) -> None:
    handed_in(house, unit)
    collecting.close(house.collection, actor=house.officer)
    other = unit_of(house, house.area.other_community)
    for verb in (
        lambda: collecting.hand_in(other, filled(other), actor=house.other),
        lambda: collecting.remind(house.collection, actor=house.officer),
        lambda: collecting.close(house.collection, actor=house.officer),
    ):
        with pytest.raises(Conflict):
            verb()
    assert collecting.accept(unit_of(house, house.area.community), actor=house.officer).state == UnitState.ACCEPTED


@pytest.mark.parametrize("who", ["worker", "stranger"])
def test_it_lets_only_who_collects_answer(house: Any, unit: CollectionUnit, who: str) -> None:
    actor = getattr(house, who)
    for verb in (
        lambda: collecting.accept(unit, actor=actor),
        lambda: collecting.send_back(unit, reason="重填", actor=actor),
        lambda: collecting.remind(house.collection, actor=actor),
        lambda: collecting.close(house.collection, actor=actor),
    ):
        with pytest.raises(NotAllowed):
            verb()


def test_it_stands_among_the_open_work_until_it_is_handed_in(house: Any, unit: CollectionUnit) -> None:
    assert [(task.title, task.due) for task in find_tasks(house.worker)] == [("座椅清点：槐荫社区", DUE)]
    handed_in(house, unit)
    assert (list(find_tasks(house.worker)), list(find_tasks(house.officer))) == ([], [])


@pytest.mark.parametrize(
    ("state", "late", "lamp"),
    [
        ("waiting", False, "off"), ("waiting", True, "red"), ("sent_back", False, "red"), ("returned", True, "amber"),
        ("accepted", True, "green"),
    ],
)  # fmt: skip
def test_it_shows_a_lamp(unit: CollectionUnit, state: str, late: bool, lamp: str) -> None:
    unit.state = state
    at: datetime = DUE + timedelta(seconds=1 if late else -1)
    standing = collecting.standing_of(unit, at)
    assert (standing.lamp, standing.late) == (lamp, late and state in ("waiting", "sent_back"))
