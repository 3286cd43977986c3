"""What a field says of itself: what to fill in where it was left empty, and whether it may be left empty."""

import pytest
from django import forms
from django.utils import translation

from linli.kernel.ui.lists import Chip, ChipRow
from linli.kernel.ui.templatetags.ui import Trouble, field_parts, troubles


class Call(forms.Form):
    """One field of each kind."""

    phone = forms.CharField(label="电话")
    role = forms.ChoiceField(label="岗位", choices=[("", "—"), ("a", "甲")])
    way = forms.ChoiceField(label="方式", choices=[("a", "甲")], widget=forms.RadioSelect)
    paper = forms.FileField(label="扫描件")
    seen = forms.BooleanField(label="已当面核对")
    day = forms.DateField(label="日期")
    why = forms.CharField(label="原因", error_messages={"required": "请写明原因。"})
    note = forms.CharField(label="备注", required=False)


@pytest.mark.parametrize(
    ("field", "chinese", "english"),
    [
        ("phone", "请填写“电话”。", "Please fill in “电话”."),
        ("role", "请选择“岗位”。", "Please choose “岗位”."),
        ("way", "请选择“方式”。", "Please choose “方式”."),
        ("paper", "请选择“扫描件”。", "Please choose “扫描件”."),
        ("seen", "请勾选“已当面核对”。", "Please tick “已当面核对”."),
    ],
)
def test_it_says_by_its_label_what_to_fill_in(field: str, chinese: str, english: str) -> None:
    form = Call({})
    with translation.override("en"):
        said = troubles(form[field])
    assert (troubles(form[field]), said) == ([Trouble(chinese, whole=True)], [Trouble(english, whole=True)])


def test_it_keeps_the_words_of_a_form_and_of_other_mistakes() -> None:
    form = Call({"day": "昨天"})
    assert [troubles(form[name]) for name in ("why", "day", "note")] == [
        [Trouble("请写明原因。")],
        [Trouble("输入一个有效的日期。")],
        [],
    ]


def test_one_of_several_is_not_called_optional() -> None:
    form = Call()
    free = field_parts(form["note"]).optional
    form.fields["note"].one_of_several = True  # type: ignore[attr-defined]  # what a form says of such a field
    assert (free, field_parts(form["note"]).optional, field_parts(form["phone"]).optional) == (True, False, False)


@pytest.mark.parametrize(
    ("titles", "long"), [(["全部", "待办", "已办"], False), (["停止使用但保留我的信息"] * 6, True)]
)
def test_chips_that_fill_a_phone_stand_in_one_line(titles: list[str], long: bool) -> None:
    assert ChipRow("种类", [Chip(title, "", current=False) for title in titles]).long is long
