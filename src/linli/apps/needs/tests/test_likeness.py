"""Needs like a text: found by words in the street, told why, never past the wall, forgotten with what is sensitive."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from linli.apps.needs import queries, services
from linli.apps.needs.models import Band, Need, Route, Sensitivity, Sketch
from linli.apps.needs.queries.sketching import BANDS, near
from linli.apps.needs.services.likeness import rebuild_likeness
from linli.apps.needs.tests.factories import MATTER, NOW, make_category, make_need
from linli.apps.needs.tests.staff import Street, make_street
from linli.apps.places.models import Place
from linli.kernel.refs import Ref
from linli.site.cli import main

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
AGAIN = "2号楼三单元的路灯还是不亮，晚上回家看不见台阶。"
"""MATTER with two characters more."""


def told(street: Street, text: str = AGAIN, **given: object) -> list[tuple[str, int, str]]:
    """Number, likeness in percent and reason of what the officer of the street is shown."""
    asked = {"street": street.here.street, "actor": street.officer, "at": NOW + DAY, **given}
    with translation.override("zh-hans"):
        found = queries.alike(text, **asked)  # type: ignore[arg-type]  # as given
    return [(one.need.number, one.percent, one.reason) for one in found]


def test_it_finds_the_same_words_and_says_place_and_time() -> None:
    street = make_street()
    need = make_need(street.here.community)
    make_need(street.here.community, matter="垃圾桶三天没有人清，味道很大。")
    here = told(street, place=street.here.grid)
    elsewhere = told(street, MATTER, at=NOW)
    name = street.here.community.name
    assert here == [(need.number, 73, f"文字约 73% 相同；同在{name}；相隔 1 天")]
    assert elsewhere == [(need.number, 100, "文字相同；同一天")]


def test_it_asks_more_of_the_words_where_the_place_is_another() -> None:
    street = make_street()
    need = make_need(street.here.community)
    text = "2号楼三单元的路灯不亮，晚上不敢出门，请来修。"
    assert told(street, text) == []
    assert [number for number, _percent, _reason in told(street, text, place=street.here.community)] == [need.number]


def test_it_shows_open_needs_of_this_street_alone_the_closest_first() -> None:
    street = make_street()
    here = street.here.community
    make_need(Place.objects.get(name="望桥街道"))
    gone = make_need(here)
    services.withdraw(gone, reason="不再需要", actor=street.officer, at=NOW + DAY)
    near_one, same = make_need(here, matter=AGAIN), make_need(here)
    many = [make_need(here, matter=MATTER + word) for word in ("急急急", "请修", "谢谢你们")]
    found = [number for number, _percent, _reason in told(street, MATTER)]
    assert found[0] == same.number
    assert (len(found), {near_one.number, *(one.number for one in many)} > set(found[1:])) == (3, True)


def test_a_complaint_and_a_sensitive_matter_are_like_nothing() -> None:
    street = make_street()
    here = street.here.community
    make_need(here, about=Ref("people.user", street.secretary.pk))
    make_need(here, category=make_category("0901", sensitivity=Sensitivity.HARDSHIP), actor=street.officer)
    assert (Sketch.objects.count(), Band.objects.count(), told(street, MATTER)) == (0, 0, [])


def test_what_turns_out_sensitive_leaves_the_index() -> None:
    street = make_street()
    need = make_need(street.here.community)
    assert (Sketch.objects.count(), Band.objects.count()) == (1, BANDS)
    hardship = make_category("0901", sensitivity=Sensitivity.HARDSHIP)
    services.analyse(need, category=hardship, route=Route.AT_ONCE, actor=street.worker, at=NOW + DAY)
    assert (Sketch.objects.count(), Band.objects.count()) == (0, 0)


def test_it_shows_a_reader_what_his_post_reads() -> None:
    street = make_street()
    make_need(street.here.street)
    assert told(street, MATTER, actor=street.worker) == []
    assert len(told(street, MATTER, actor=street.officer)) == 1


def test_it_tells_who_has_no_account_of_confirmed_ordinary_needs_alone() -> None:
    street = make_street()
    need = make_need(street.here.community)
    assert told(street, MATTER, actor=None) == []
    services.analyse(need, category=street.lamps, route=Route.AT_ONCE, actor=street.worker, at=NOW + DAY)
    assert [number for number, _percent, _reason in told(street, MATTER, actor=None)] == [need.number]


def test_it_asks_two_queries_beside_the_wall() -> None:
    street = make_street()
    for _one in range(3):
        make_need(street.here.community)
    Need.objects.update(category=street.lamps)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(told(street, MATTER, actor=None)) == 3
    assert len(asked) == 2


@pytest.mark.parametrize("text", ["", "。。。", " \n", "<script>alert(1)</script>", "😀" * 50, "路" * 40_000])
def test_it_likens_odd_texts_to_nothing(text: str) -> None:
    street = make_street()
    make_need(street.here.community)
    assert told(street, text) == []


def test_it_takes_in_what_says_nothing_but_signs() -> None:
    street = make_street()
    need = make_need(street.here.community, matter="？？？")
    assert (need.state, Sketch.objects.count()) == ("received", 0)


def test_the_index_built_anew_is_the_index_kept() -> None:
    street = make_street()
    for words in (MATTER, AGAIN, "？？？", "垃圾桶三天没有人清，味道很大。"):
        make_need(street.here.community, matter=words)
    make_need(street.here.community, about=Ref("people.user", street.secretary.pk))
    kept = sorted(Band.objects.values_list("key", flat=True))
    found = near(AGAIN, street=street.here.street.pk, least=0.3, most=9)
    Band.objects.create(key=1, sketch=10**9)
    assert rebuild_likeness(batch=2) == 3
    assert sorted(Band.objects.values_list("key", flat=True)) == kept
    assert near(AGAIN, street=street.here.street.pk, least=0.3, most=9) == found


def test_the_command_builds_the_index_anew(capsys: pytest.CaptureFixture[str]) -> None:
    here = make_street().here
    for matter in ("2号楼路灯不亮", "楼道里堆满纸箱"):
        make_need(here.community, matter=matter)
    Sketch.objects.all().delete()
    assert main(["needs", "likeness", "--json"]) == 0
    assert main(["needs", "likeness", "--rebuild", "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert told == [{"before": 0, "indexed": 0}, {"before": 0, "indexed": 2}]
    assert Sketch.objects.count() == 2
