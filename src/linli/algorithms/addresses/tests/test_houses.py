"""The end of an address: seventy ways to write a building, a stairwell, a door, and what is none of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.algorithms.addresses.houses import Parts, number, parts

pytestmark = pytest.mark.sqlite_only

DOOR = Parts(building="2", stairwell="3", room="501")
FORMS = {
    "2号楼3单元501": DOOR,
    "２号楼３单元５０１": DOOR,
    "二号楼三单元五零一": DOOR,
    "贰号楼叁单元501室": DOOR,
    "2#楼3单元501": DOOR,
    "2#3-501": DOOR,
    "2＃３－５０１": DOOR,
    "2栋3单元501号": DOOR,
    "2幢3单元501室": DOOR,
    "2座3单元501房": DOOR,
    "2号楼3门501": DOOR,
    "2号楼三门501": DOOR,
    "2楼3门501": DOOR,
    "2号楼3-501": DOOR,
    "2号楼3-501室": DOOR,
    "2-3-501": DOOR,
    "2—3—501": DOOR,
    "2/3/501": DOOR,
    "2 3 501": DOOR,
    "2号楼，3单元，501": DOOR,
    "2号楼 3单元 501": DOOR,
    "2号楼3单元5层501": DOOR,
    "2號樓3單元501": DOOR,
    "2号楼3单元门501": DOOR,
    "2号住宅楼3单元501户": DOOR,
    "2号公寓楼3单元501": DOOR,
    "2栋楼3单元501": DOOR,
    "怡兴园2号楼3单元501": Parts(before="怡兴园", building="2", stairwell="3", room="501"),
    "十二号楼三门六零一": Parts(building="12", stairwell="3", room="601"),
    "二十三栋": Parts(building="23"),
    "一百零二号楼": Parts(building="102"),
    "12栋1-302": Parts(building="12", stairwell="1", room="302"),
    "甲5号": Parts(building="甲5"),
    "甲5号楼": Parts(building="甲5"),
    "乙十二号楼": Parts(building="乙12"),
    "B座1204": Parts(building="B", room="1204"),
    "b座1204室": Parts(building="B", room="1204"),
    "A3栋202": Parts(building="A3", room="202"),
    "3号楼B座": Parts(building="3", rest="B座"),
    "二号院": Parts(building="2"),
    "7号院3号楼2门402": Parts(yard="7", building="3", stairwell="2", room="402"),
    "7号院3-2-402": Parts(yard="7", building="3", stairwell="2", room="402"),
    "16弄3号501室": Parts(yard="16", building="3", room="501"),
    "幸福路12号2号楼1单元301": Parts(before="幸福路", yard="12", building="2", stairwell="1", room="301"),
    "88号和安大厦B座1204": Parts(before="88号和安大厦", building="B", room="1204"),
    "15号": Parts(building="15"),
    "三组18号": Parts(before="三组", building="18"),
    "西街56号": Parts(before="西街", building="56"),
    "2号楼501": Parts(building="2", room="501"),
    "2-501": Parts(building="2", room="501"),
    "2-3": Parts(building="2", stairwell="3"),
    "2号楼3单元": Parts(building="2", stairwell="3"),
    "3单元501": Parts(stairwell="3", room="501"),
    "501室": Parts(room="501"),
    "4楼": Parts(building="4"),
    "2号楼4楼": Parts(building="2", rest="4层"),
    "2号楼楼下": Parts(building="2", rest="楼下"),
    "2号楼下": Parts(building="2", rest="楼下"),
    "2号楼东侧": Parts(building="2", rest="东侧"),
    "2号楼底商": Parts(building="2", rest="底商"),
    "2号楼底商3": Parts(building="2", room="底商3"),
    "2号楼3单元501（王家）": Parts(building="2", stairwell="3", room="501", rest="王家"),
    "2号楼旁永辉超市": Parts(building="2", rest="旁永辉超市"),
    "东门": Parts(rest="东门"),
    "1号门": Parts(rest="1号门"),
    "2号楼1号门": Parts(building="2", stairwell="1"),
    "永辉超市旁": Parts(rest="永辉超市旁"),
    "6号线地铁口": Parts(rest="6号线地铁口"),
    "楼下": Parts(rest="楼下"),
    "楼道里": Parts(rest="楼道里"),
    "村东头": Parts(rest="村东头"),
    "": Parts(),
}


@pytest.mark.parametrize(("written", "meant"), FORMS.items())
def test_it_reads_the_house_number(written: str, meant: Parts) -> None:
    assert parts(written) == meant


@pytest.mark.parametrize(
    ("written", "digits"),
    [("十", "10"), ("二十", "20"), ("一百零二", "102"), ("六〇一", "601"), ("甲五", "甲5"), ("B", "B")],
)
def test_it_writes_a_number_as_digits(written: str, digits: str) -> None:
    assert number(written) == digits


@given(st.text(alphabet="0123456789一二十号楼#栋座门单元室-甲AB院弄层东旁 ", max_size=24))
def test_it_takes_no_sign_twice(text: str) -> None:
    """Whatever is written: the digits told are no more than the digits written."""
    found = parts(text)
    told = f"{found.building}{found.stairwell}{found.room}{found.yard}"
    written = number(text)
    assert sum(char.isdigit() for char in told) <= sum(char.isdigit() for char in written)


@given(
    building=st.integers(1, 400),
    stairwell=st.integers(1, 30),
    room=st.integers(101, 3302),
    form=st.sampled_from(
        (
            "{}号楼{}单元{}",
            "{}#楼{}门{}室",
            "{}栋{}-{}",
            "{}-{}-{}",
            "{}幢{}单元{}号",
            "{}座{}门{}户",
            "{} 号楼 {} 单元 {}",
        )
    ),
)
def test_it_reads_back_any_number_in_any_form(building: int, stairwell: int, room: int, form: str) -> None:
    found = parts(form.format(building, stairwell, room))
    assert (found.building, found.stairwell, found.room) == (str(building), str(stairwell), str(room))
