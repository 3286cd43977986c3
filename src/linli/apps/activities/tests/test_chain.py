"""A list pasted from the group: what is understood, what is given back."""

import pytest
from django.utils import timezone, translation

from linli.apps.activities import services
from linli.apps.activities.models import Attendance, Listing, Signup
from linli.apps.activities.services import SheetLine
from linli.apps.activities.services.chain import read_chain
from linli.apps.activities.tests.factories import make_date
from linli.apps.places.tests.factories import make_district
from linli.kernel.errors import Refusal

PASTED = """#接龙
周六上午清河岸边捡拾，请大家报名
例 姓名 电话 楼号
1. 张三 13800001111
2、李四 2号楼3单元301
3 王芳+1 138-0000-2222 5号楼1202
４．赵小红　2人
5. 张三 13800001111
6. 12
7. 刘大爷家的孙子孙女都来
8. 欧阳娜娜
9. 来两个
10. 赵敏 1391234
谢谢大家
"""


@pytest.mark.sqlite_only
def test_it_reads_names_telephones_doors_and_companions() -> None:
    found = read_chain(PASTED)
    assert [(one.name, one.phone, one.door) for one in found.people] == [
        ("张三", "13800001111", ""),
        ("李四", "", "2号楼3单元301"),
        ("王芳", "13800002222", "5号楼1202"),
        ("王芳的同行人", "13800002222", "5号楼1202"),
        ("赵小红", "", ""),
        ("赵小红的同行人", "", ""),
        ("欧阳娜娜", "", ""),
    ]


@pytest.mark.sqlite_only
def test_it_shows_unclear_lines_with_their_reason() -> None:
    with translation.override("en"):
        unclear = [(line.text[:2], str(line.unclear)) for line in read_chain(PASTED).unclear]
    assert unclear == [
        ("5.", "This person stands in an earlier line."),
        ("6.", "Which word is the name?"),
        ("7.", "Which word is the name?"),
        ("9.", "Which word is the name?"),
        ("10", "The telephone number is not complete."),
        ("谢谢", "This line has no number: take it off, or number it."),
    ]


@pytest.mark.sqlite_only
@pytest.mark.parametrize("text", ["", "\n\n", "#接龙\n", "\u200b", "1." * 3, "+" * 500, "1. +99人", "（）（）|||"])
def test_it_reads_nonsense_without_falling_over(text: str) -> None:
    assert read_chain(text).people == []


@pytest.mark.sqlite_only
def test_it_refuses_a_list_without_end() -> None:
    with pytest.raises(Refusal):
        read_chain("\n".join(f"{number}. 张三" for number in range(1, 1002)))


@pytest.mark.django_db
def test_a_pasted_list_becomes_a_sign_up_list_and_may_be_pasted_again() -> None:
    date = make_date(make_district().community, capacity=5)
    people = read_chain(PASTED).people
    first = services.take_chain(date, people=people, actor=None)
    assert (len(first.added), first.already, first.refused) == (7, 0, ())
    states = list(Signup.objects.order_by("asked_at", "id").values_list("state", flat=True))
    assert states == ["going"] * 5 + ["waiting"] * 2
    again = services.take_chain(date, people=people, actor=None)
    assert (len(again.added), again.already, Signup.objects.filter(listing=Listing.CHAIN).count()) == (0, 7, 7)


@pytest.mark.django_db
def test_a_door_stays_beside_a_telephone_and_finds_the_person_on_paper() -> None:
    date = make_date(make_district().community, starts=timezone.now())
    services.take_chain(
        date, people=read_chain("1. 王芳 13800002222 5号楼1202\n2. 王芳 13800003333").people, actor=None
    )
    assert list(Signup.objects.order_by("mark").values_list("mark", "door")) == [("2222", "5号楼1202"), ("3333", "")]
    taken = services.take_sheet(date, lines=[SheetLine("王芳", "5号楼1202")], actor=None)
    assert (taken.new, Attendance.objects.get().signup.mark) == (1, "2222")
