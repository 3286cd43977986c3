"""Lists of any length: by key, counted to 10,000, sorted by indexed columns, one query count for any size."""

import base64
import json
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import QueryDict
from django.test import Client, RequestFactory
from tests.playground.models import Brochure

from linli.kernel.ui import lists
from linli.kernel.ui.lists import Chip, ChipRow, Column, Filter, ListPage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.playground.pages")]

COLUMNS = (Column("title", "标题", sort="title"), Column("kind", "类别"))


def page(size: int = 10, most: int = lists.MOST, **asked: str) -> ListPage:
    request = RequestFactory().get("/brochures/", asked)
    return ListPage(
        request,
        Brochure.objects.all(),
        columns=COLUMNS,
        filters=(Filter("kind", "类别", (("a", "甲"), ("b", "乙"))),),
        first_sort="title",
        size=size,
        most=most,
    )


def make(count: int, **columns: Any) -> None:
    Brochure.objects.bulk_create(Brochure(title=f"传单{number:03}", **columns) for number in range(count))


def titles(one: ListPage) -> list[str]:
    return [row.title for row in one.rows]


def follow(address: str, size: int = 10) -> ListPage:
    request = RequestFactory().get(address)
    return page(size, **request.GET.dict())


@pytest.mark.parametrize("count", [1, 30])
def test_it_asks_the_same_number_of_queries_for_any_number_of_rows(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    make(count)
    client.get("/brochures/")
    with django_assert_num_queries(2):
        answer = client.get("/brochures/")
    assert answer.content.decode().count('<th scope="row">') == count


def test_it_walks_forward_over_every_row_once() -> None:
    make(25)
    seen, one = [], page()
    seen += titles(one)
    while one.later:
        one = follow(one.later)
        seen += titles(one)
    assert seen == [f"传单{number:03}" for number in range(25)]


def test_it_walks_back_the_way_it_came() -> None:
    make(25)
    first = page()
    second = follow(first.later)
    assert titles(follow(second.earlier)) == titles(first)


def test_it_offers_no_page_before_the_first_and_none_after_the_last() -> None:
    make(12)
    first = page()
    last = follow(first.later)
    assert (first.earlier, last.later) == ("", "")


def test_it_tells_rows_of_the_same_title_apart_by_key() -> None:
    Brochure.objects.bulk_create(Brochure(title="同名") for _ in range(15))
    first = page()
    second = follow(first.later)
    assert len({row.pk for row in [*first.rows, *second.rows]}) == 15


def test_it_loses_no_row_when_one_is_added_before_the_place() -> None:
    make(20)
    later = page().later
    Brochure.objects.create(title="传单000 甲")
    assert titles(follow(later))[0] == "传单010"


def test_it_sorts_downwards_by_a_declared_column() -> None:
    make(3)
    assert titles(page(sort="-title")) == ["传单002", "传单001", "传单000"]


def test_it_does_not_sort_by_what_was_not_declared() -> None:
    make(3)
    assert page(sort="note").sort == "title"


@pytest.mark.parametrize("column", ["note", "day", "nothing"])
def test_it_refuses_to_declare_a_sort_without_index_or_with_gaps(column: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        ListPage(RequestFactory().get("/"), Brochure.objects.all(), columns=(Column("x", "x", sort=column),))


def test_it_filters_by_a_declared_choice() -> None:
    make(2, kind="a")
    make(3, kind="b")
    assert [row.kind for row in page(kind="b").rows] == ["b", "b", "b"]


def test_it_ignores_a_choice_nobody_declared() -> None:
    make(2)
    assert page(kind="zzz").count == 2


@pytest.mark.parametrize("key", ["", "%%%", "bm90IGpzb24", "WzEsMl0", "A" * 5000])
def test_it_starts_at_the_first_page_when_the_key_is_broken(key: str) -> None:
    make(3)
    assert titles(page(after=key)) == ["传单000", "传单001", "传单002"]


@pytest.mark.parametrize(
    "pair", [[None, None], ["传单001", None], [None, "1" * 32], ["\ud800", "1" * 32], ["a\x00", "1" * 32]]
)
def test_it_takes_no_key_that_it_did_not_make(pair: list[str | None]) -> None:
    make(3)
    forged = base64.urlsafe_b64encode(json.dumps(pair).encode()).decode()
    assert titles(page(after=forged)) == ["传单000", "传单001", "传单002"]


def test_it_takes_no_key_of_a_list_in_another_order() -> None:
    make(25)
    newest = ListPage(RequestFactory().get("/"), Brochure.objects.all(), columns=COLUMNS, first_sort="-id", size=10)
    key = QueryDict(urlsplit(newest.later).query)["after"]
    assert titles(page(after=key)) == titles(page())


def test_it_counts_no_further_than_asked() -> None:
    make(25)
    assert (page(most=20).count, page(most=20).count_text) == (21, "20+")


def test_it_says_the_exact_number_below_that() -> None:
    make(25)
    assert page().count_text == "25"


def test_it_keeps_filter_and_sort_in_the_address_of_the_next_page() -> None:
    make(12, kind="b")
    asked = RequestFactory().get(page(kind="b", sort="-title").later).GET
    assert (asked["kind"], asked["sort"], set(asked)) == ("b", "-title", {"kind", "sort", "after"})


def test_it_turns_the_order_round_at_the_second_click() -> None:
    heads = page(sort="title").heads
    assert (heads[0].sorted, heads[0].address) == ("ascending", "/brochures/?sort=-title")


def test_many_chips_are_folded_behind_the_one_that_is_chosen() -> None:
    few, wall = (ChipRow("类别", [Chip(str(n), "?", n == 3) for n in range(count)]) for count in (5, 40))
    assert ((few.many, few.chosen), (wall.many, wall.chosen)) == ((False, "3"), (True, "3"))
