"""Finding the community an address names, in a small invented country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.algorithms.addresses import Entry, Gazetteer, Level, find
from linli.algorithms.addresses.naming import short
from linli.algorithms.addresses.writing import normal, normal_name

pytestmark = pytest.mark.sqlite_only

TREE = (
    (0, "云州省"),
    (1, "临湖市"),
    (2, "和安区"),
    (3, "清河里街道"),
    (4, "槐荫社区居委会"),
    (4, "南里社区居委会"),
    (4, "南里东社区居民委员会"),
    (4, "福园第一社区居委会"),
    (4, "向阳社区居委会"),
    (3, "望桥地区"),
    (4, "桥头村村委会"),
    (4, "望桥社区居委会"),
    (4, "十八里店村委会"),
    (4, "南三二村委会"),
    (4, "周村民委员会"),
    (4, "向阳村村民委员会"),
    (2, "和平县"),
    (3, "清河里镇"),
    (4, "向阳社区"),
    (4, "槐荫花园社区居委会"),
)
NAMES = [name for _level, name in TREE]
GAZETTEER = Gazetteer(Entry(Level(level), (name,)) for level, name in TREE)


def found(text: str) -> list[str]:
    return [NAMES[node] for node in find(GAZETTEER, text).nodes]


ONE = {
    "云州省临湖市和安区清河里街道槐荫社区居委会": "槐荫社区居委会",
    "云州临湖和安清河里槐荫": "槐荫社区居委会",
    "和安区槐荫社区": "槐荫社区居委会",
    "清河里街道办事处槐荫居委会": "槐荫社区居委会",
    "清河里街道办 槐荫": "槐荫社区居委会",
    "清河里，槐荫社区居民委员会，2号楼": "槐荫社区居委会",
    "槐荫2号楼3单元501": "槐荫社区居委会",
    "槐荫花园2号楼": "槐荫花园社区居委会",
    "槐蔭社區": "",
    "家住和安区南里社区": "南里社区居委会",
    "南里东门": "南里社区居委会",
    "南里东2号楼": "南里东社区居民委员会",
    "福园一社区": "福园第一社区居委会",
    "福园１社区": "福园第一社区居委会",
    "福园第1社区居委会": "福园第一社区居委会",
    "望桥镇桥头村": "桥头村村委会",
    "望桥地区办事处桥头村村委会": "桥头村村委会",
    "望桥桥头": "桥头村村委会",
    "望桥镇望桥": "望桥社区居委会",
    "18里店村": "十八里店村委会",
    "十八里店村口": "十八里店村委会",
    "南32村三组18号": "南三二村委会",
    "周村村委会": "周村民委员会",
    "周村委会": "周村民委员会",
    "和安区和安区清河里街道清河里街道南里": "南里社区居委会",
    "望桥文化路12号桥头村": "桥头村村委会",
    "望桥镇振兴胡同3号周村": "周村民委员会",
    "和安区清河里街道永辉超市旁南里社区": "南里社区居委会",
    "和平县向阳社区": "向阳社区",
    "望桥地区向阳村": "向阳村村民委员会",
    "清河里街道向阳社区": "向阳社区居委会",
    "您好我想问和安区南里社区的事": "南里社区居委会",
    "上海市和安区清河里街道向阳社区": "向阳社区居委会",
}


@pytest.mark.parametrize(("text", "name"), [(text, name) for text, name in ONE.items() if name])
def test_it_finds_the_one_community_that_is_meant(text: str, name: str) -> None:
    assert found(text) == [name]


def test_it_names_all_communities_that_fit_equally_well() -> None:
    assert found("向阳3号") == ["向阳社区居委会", "向阳村村民委员会", "向阳社区"]


def test_an_ending_tells_namesakes_apart() -> None:
    assert [found("向阳村3号"), found("向阳社区3号")] == [["向阳村村民委员会"], ["向阳社区居委会", "向阳社区"]]


def test_it_stops_at_the_street_where_no_community_is_written() -> None:
    assert found("和安区清河里街道怡园2号楼") == ["清河里街道"]


def test_it_finds_nothing_where_no_name_stands() -> None:
    assert (found("楼道灯坏了"), found(""), found("  ，")) == ([], [], [])


def test_it_says_where_the_rest_begins() -> None:
    text = "和安区　清河里街道 ，南里社区（东区）2号楼"
    assert text[find(GAZETTEER, text).stop :] == "（东区）2号楼"


def test_it_says_that_a_wider_place_contradicts() -> None:
    answer = find(GAZETTEER, "和平县十八里店村")
    assert ([NAMES[node] for node in answer.nodes], answer.contradicts) == (["十八里店村委会"], True)


def test_it_says_which_words_it_passed_over() -> None:
    text = "望桥镇文化路12号桥头村"
    assert [text[begin:end] for begin, end in find(GAZETTEER, text).skipped] == ["文化路12号"]


@pytest.mark.parametrize(
    ("name", "level", "form"),
    [
        ("槐荫社区居委会", Level.COMMUNITY, ("槐荫", 1)),
        ("桥头村村民委员会", Level.COMMUNITY, ("桥头", 3)),
        ("周村民委员会", Level.COMMUNITY, ("周村", 3)),
        ("哈拉嘎查村委会", Level.COMMUNITY, ("哈拉", 2)),
        ("星岛社区社区居委会", Level.COMMUNITY, ("星岛", 1)),
        ("机场生活区", Level.COMMUNITY, ("机场生活区", 0)),
        ("望桥街道", Level.STREET, ("望桥", 1)),
        ("沙河回族乡", Level.STREET, ("沙河", 4)),
        ("和安区", Level.AREA, ("和安", 3)),
        ("易县", Level.AREA, ("易县", 4)),
        ("恩施土家族苗族自治州", Level.CITY, ("恩施", 6)),
        ("市辖区", Level.CITY, ("", 0)),
    ],
)
def test_it_knows_a_place_by_its_short_form(name: str, level: Level, form: tuple[str, int]) -> None:
    assert short(name, level) == form


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("第一社区", "1社区"),
        ("１８里店", "十8里店"),
        ("20街", "2十街"),
        ("25院", "2十5院"),
        ("309院", "309院"),
        ("Ａ区-東園", "A区东园"),
    ],
)
def test_it_compares_names_in_one_way_of_writing(written: str, form: str) -> None:
    assert normal(written).text == form


@given(st.text(alphabet="第一二十村社區東莊Ａ（） 2笫笭", max_size=12))
def test_the_quick_way_for_names_writes_the_same(name: str) -> None:
    assert normal_name(name) == normal(name).text


@given(st.text(max_size=40))
def test_it_reads_any_text_and_points_into_it(text: str) -> None:
    answer = find(GAZETTEER, text)
    assert 0 <= answer.stop <= len(text)


@given(st.text(alphabet="和安区清河里街道南社槐荫望桥地头村向阳 ,-12号楼", max_size=30))
def test_it_answers_with_places_of_the_tree_in_their_order(text: str) -> None:
    nodes = find(GAZETTEER, text).nodes.tolist()
    assert nodes == sorted(set(nodes))
    assert all(0 <= node < len(NAMES) for node in nodes)


@pytest.mark.parametrize("number", range(len(TREE)))
def test_it_finds_every_place_by_its_full_chain(number: int) -> None:
    chain = [number]
    while (above := int(GAZETTEER.parent[chain[0]])) >= 0:
        chain.insert(0, above)
    assert found("".join(NAMES[one] for one in chain)) == [NAMES[number]]
