"""Reports of one matter: the same words at places apart are two matters; a group tells what it has in common."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.algorithms.duplicates import Group, Report, groups_among
from linli.algorithms.duplicates.places import APART, SAME, Places

pytestmark = pytest.mark.sqlite_only
LAMP = "楼下的路灯已经三天不亮了，老人晚上出门很不方便，请派人来修"
LAMP_AGAIN = "楼下的路灯已经三天不亮了，老人晚上出门不方便，请派人来修一下"
NEARLY = "楼下那盏路灯已经五天不亮了，老人晚上出门很不方便，请派人来修一下"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def members(*reports: Report) -> list[tuple[int, ...]]:
    return [group.members for group in groups_among(reports)]


def test_it_tells_what_a_group_has_in_common() -> None:
    reports = [
        Report(LAMP, "槐荫社区", NOON),
        Report("电梯停了，九楼的老人下不来", "槐荫社区", NOON),
        Report(LAMP, "和安区槐荫社区", NOON + timedelta(days=2)),
    ]
    assert groups_among(reports) == [Group((0, 2), 1.0, "槐荫社区", timedelta(days=2))]


def test_it_tells_no_place_and_no_time_that_some_do_not_tell() -> None:
    assert groups_among([Report(LAMP, "槐荫社区", NOON), Report(LAMP)]) == [Group((0, 1), 1.0, "", None)]


def test_the_same_words_at_places_apart_are_two_matters() -> None:
    street = "和安区清河里街道"
    assert members(Report(LAMP, f"{street}槐荫社区"), Report(LAMP, f"{street}桥头社区")) == []
    places = ["槐荫社区", "桥头社区", "槐荫社区", "桥头社区"]
    assert members(*(Report(LAMP, place) for place in places)) == [(0, 2), (1, 3)]


def test_a_report_without_a_place_joins_but_does_not_bridge_places() -> None:
    assert members(Report(LAMP), Report(LAMP_AGAIN, "槐荫社区"), Report(LAMP_AGAIN, "桥头社区")) == [(0, 1)]


def test_the_same_place_lets_words_differ_more() -> None:
    assert members(Report(LAMP), Report(NEARLY)) == []
    assert members(Report(LAMP, "槐荫社区"), Report(NEARLY, "槐荫社区")) == [(0, 1)]


def test_it_says_how_alike_the_least_alike_is() -> None:
    (group,) = groups_among([Report(LAMP), Report(LAMP), Report(LAMP_AGAIN)])
    assert 0.6 < group.likeness < 0.9


def test_what_all_places_name_makes_none_the_same() -> None:
    named = [f"和安区清河里街道{name}社区" for name in ("槐荫", "桥头", "南里", "泉北")]
    places = Places([*named, "槐荫社区"])
    assert [places.likeness(named[0], other) < APART for other in named[1:]] == [True, True, True]
    assert places.likeness(named[0], "槐荫社区") >= SAME
