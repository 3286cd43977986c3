"""Reading the tree."""

from collections.abc import Iterable
from datetime import date

import pytest

from linli.apps.people.tests.factories import make_user
from linli.apps.places import queries
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def names(rows: Iterable[Place]) -> list[str]:
    return [place.name for place in rows]


def test_it_lists_ancestors_from_the_nearest_up() -> None:
    assert names(queries.ancestors(make_district().grid)) == ["槐荫社区", "清河里街道", "和安区"]


def test_it_lists_descendants_by_code() -> None:
    assert names(queries.descendants(make_district().street)) == ["槐荫社区", "第一网格", "南里社区"]


def test_it_shows_an_officer_his_street_and_nothing_of_the_neighbours() -> None:
    here = make_district()
    officer = make_user(Role.STREET_OFFICER, here.street)
    assert names(queries.visible_to(officer)) == ["清河里街道", "槐荫社区", "第一网格", "南里社区"]


def test_it_shows_a_resident_nothing_on_the_desk() -> None:
    here = make_district()
    assert names(queries.visible_to(make_user(Role.RESIDENT, here.community))) == []


def test_it_lets_the_portal_choose_among_communities_only() -> None:
    make_district()
    assert names(queries.open_communities(date(2026, 3, 1))) == ["槐荫社区", "南里社区", "桥头社区"]


def test_it_leaves_out_what_does_not_exist_yet_or_any_more() -> None:
    here = make_district()
    here.community.valid_to = date(2026, 6, 1)
    here.community.save()
    assert (
        names(queries.open_communities(date(2025, 12, 31))),
        names(queries.open_communities(date(2026, 5, 31))),
        names(queries.open_communities(date(2026, 6, 1))),
    ) == ([], ["槐荫社区", "南里社区", "桥头社区"], ["南里社区", "桥头社区"])


def test_a_readers_tree_begins_at_his_posts() -> None:
    here = make_district()
    assert [
        names(queries.tops(queries.visible_to(make_user(role, place))))
        for role, place in ((Role.STREET_OFFICER, here.street), (Role.LEADER, here.district))
    ] == [["清河里街道"], ["和安区"]]
