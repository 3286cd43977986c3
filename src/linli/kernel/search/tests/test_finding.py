"""Finding: who sees what, in which order, and how the index is kept."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from tests.playground.models import Leaflet

from linli.kernel.jobs.worker import run_waiting
from linli.kernel.refs import ref_of
from linli.kernel.scope import ApiActor
from linli.kernel.search import find, index, index_many, rebuild, remove
from linli.kernel.search.jobs import rebuild_index
from linli.kernel.search.models import SearchRow
from linli.site import cli

pytestmark = pytest.mark.django_db


def leaflets(*titles: str, **columns: Any) -> list[Leaflet]:
    made = [Leaflet.objects.create(id=UUID(int=n), title=title, **columns) for n, title in enumerate(titles, 1)]
    index_many(made)
    return made


def found(query: str, **options: Any) -> list[str]:
    return [one.label for one in find(query, actor=None, **options)]


@pytest.fixture(autouse=True)
def none_left(db: None) -> None:
    """Whoever commits leaves words: the emptying of tables after it knows models alone."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_words")


def tokens_kept() -> int:
    table = "search_words" if connection.vendor == "sqlite" else "search_searchrow WHERE vector IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_it_puts_what_begins_so_first_then_what_contains_it_then_its_scattered_parts() -> None:
    leaflets("清河里社区议事", "议事厅", "社区议事厅", "议而不决的事厅议事,事厅", "议事厅", "别的")
    assert found("议事厅") == ["议事厅", "议事厅", "社区议事厅", "议而不决的事厅议事,事厅"]
    assert [one.ref.id.int for one in find("议事厅", actor=None)][:2] == [5, 2]


def test_it_wants_every_word() -> None:
    leaflets("槐荫社区 读书会", "槐荫社区 象棋", "南里社区 读书会")
    assert found("读书 槐荫") == ["槐荫社区 读书会"]


def test_it_finds_a_long_question_by_its_words_wherever_they_stand() -> None:
    leaflets("活动安排:本周在社区举办电影放映", "电影")
    assert found("社区电影活动") == ["活动安排:本周在社区举办电影放映"]


@pytest.mark.parametrize("typed", ["zhangsanfeng", "zsf", "ZHANG", "zhangs", "张三", "三丰", "丰"])
def test_it_finds_a_name_by_characters_pinyin_and_initials(typed: str) -> None:
    leaflets("张三丰", "李四光")
    assert found(typed) == ["张三丰"]


@pytest.mark.parametrize("typed", ["2026-00012", "00012", "0001", "清河里 2026", "a座"])
def test_it_finds_numbers_and_words_by_their_beginning(typed: str) -> None:
    leaflets("清河里-2026-00012 A座", "望桥-2025-00034 B座")
    assert found(typed) == ["清河里-2026-00012 A座"]


@pytest.mark.parametrize("rare", ["\U00020bb7", "\U0002b740", "\U0002ceb1", "\U00030edd", "\U00031351", "㑇", "鿻"])
def test_it_finds_rare_characters(rare: str) -> None:
    leaflets(f"王{rare}明", "王小明", f"{rare}")
    assert found(f"王{rare}") == [f"王{rare}明"]
    assert found(f"{rare}明") == [f"王{rare}明"]
    assert found(rare) == [rare, f"王{rare}明"]


def test_it_shows_only_what_the_reader_may_see() -> None:
    from linli.apps.people.models import User

    leaflets("议事厅 内部", for_everybody=False)
    user = User.objects.create_user("li", name="李四")
    insider = ApiActor(user.pk, "李四", user, frozenset())
    assert found("议事厅") == []
    assert [one.label for one in find("议事厅", actor=insider)] == ["议事厅 内部"]


def test_it_fills_a_page_with_what_may_be_seen_and_goes_on_from_there() -> None:
    rows = [Leaflet.objects.create(id=UUID(int=n), title=f"议事{n}", for_everybody=n % 2 == 0) for n in range(1, 41)]
    index_many(rows)
    assert found("议事", limit=3) == ["议事40", "议事38", "议事36"]
    assert found("议事", limit=3, skip=3) == ["议事34", "议事32", "议事30"]


def test_it_asks_a_literal_number_of_queries(django_assert_num_queries: Any) -> None:
    leaflets(*(f"议事{n}" for n in range(30)))
    with django_assert_num_queries(2):
        assert len(found("议事", limit=30)) == 30


def test_it_finds_a_record_by_its_text_as_it_is_now() -> None:
    (one,) = leaflets("旧名")
    one.title = "新名"
    one.save()
    index(one)
    assert (found("旧名"), found("新名")) == ([], ["新名"])
    assert (SearchRow.objects.count(), tokens_kept()) == (1, 1)


def test_it_forgets_a_removed_record_and_one_without_text() -> None:
    one, two = leaflets("议事厅", "议事亭")
    assert (remove(one), remove(ref_of(one))) == (True, False)
    two.title = ""
    index(two)
    assert (SearchRow.objects.count(), tokens_kept()) == (0, 0)


def test_it_leaves_the_index_as_it_was_when_the_verb_is_rolled_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        leaflets("议事厅")
        raise RuntimeError
    assert (found("议事厅"), tokens_kept()) == ([], 0)


def test_it_finds_only_the_kinds_asked_for() -> None:
    leaflets("议事厅")
    assert found("议事厅", kinds=["playground.leaflet"]) == ["议事厅"]
    assert found("议事厅", kinds=["playground.contact"]) == []


def test_it_rebuilds_what_was_lost_and_forgets_what_is_gone() -> None:
    one, two = leaflets("议事厅", "议事亭")
    Leaflet.objects.filter(pk=one.pk).delete()
    SearchRow.objects.create(kind="gone.kind", ref_id=one.pk, plain="议事")
    remove(two)
    assert rebuild() == 1
    assert found("议事") == ["议事亭"]
    assert list(SearchRow.objects.values_list("kind", flat=True)) == ["playground.leaflet"]


def test_it_rebuilds_in_a_job_and_from_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    leaflets("议事厅", "议事亭")
    SearchRow.objects.all().delete()
    rebuild_index.enqueue()
    assert run_waiting() == 1
    assert found("议事") == ["议事亭", "议事厅"]
    assert cli.main(["search", "rebuild"]) == 0
    assert "2" in capsys.readouterr().out


@pytest.mark.parametrize(
    "typed", ["' OR 1=1 --", 'a" OR "b', "议事*", "NEAR(a b)", "a:*|b", "!议", "x" * 10_000, "议" * 10_000]
)
def test_it_takes_whatever_is_typed_as_text(typed: str) -> None:
    leaflets("别的东西")
    assert found(typed) == []


def test_it_indexes_a_hundred_kilobytes() -> None:
    leaflets("".join(chr(0x4E00 + n * 7 % 20_000) for n in range(200)), text="字" * 34_000 + " " + "word " * 1000)
    assert len(found("字字")) == 1


def test_it_looks_only_where_it_is_told_and_follows_a_record_to_another_street() -> None:
    from linli.apps.people.tests.factories import make_user
    from linli.apps.places.tests.factories import make_district
    from linli.kernel.scope import Role

    here = make_district()
    leader = make_user(Role.LEADER, here.district)

    def labels(*streets: UUID) -> set[str]:
        return {str(one.record.name) for one in find("社区", actor=leader, kinds=["places.place"], streets=streets)}

    street, neighbour, moved = here.street.pk, here.neighbour_street.pk, here.community
    assert (labels(street), labels(neighbour)) == ({"槐荫社区", "南里社区"}, {"桥头社区"})
    assert (labels(), labels(street, neighbour)) == (set(), {"槐荫社区", "南里社区", "桥头社区"})
    moved.street = here.neighbour_street
    moved.save()
    before = tokens_kept()
    index(moved)
    assert (labels(street), labels(neighbour), tokens_kept()) == ({"南里社区"}, {"槐荫社区", "桥头社区"}, before)
