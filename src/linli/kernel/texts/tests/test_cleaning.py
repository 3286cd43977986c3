"""What is invisible goes, what is rare stays."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from linli.kernel.texts import clean, cleaned, private_signs, unsure

pytestmark = pytest.mark.sqlite_only
BIDI = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)]
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r\x85"]
WIDTHLESS = ["\u200b", "\u2060", "\ufeff", "\xad", "\u3164", "\ud83d", "\udc00", "\U000e0041", "\ufffe", "\uffff"]


@pytest.mark.parametrize("signs", [BIDI, CONTROLS, WIDTHLESS], ids=["direction", "controls", "widthless"])
def test_it_takes_out_what_nobody_sees(signs: list[str]) -> None:
    assert [sign for sign in signs if clean(f"张{sign}三") != "张三"] == []


@pytest.mark.parametrize(
    "text",
    [
        "𠮷野家 𬎆 䶮 㐂 𱍐 𲎯",  # rare characters of every plane
        "見 豈 塚",  # compatibility ideographs are not normalized
        "葛\U000e0100城 ☎\ufe0f",  # variation selectors
        "👨‍👩‍👧 🏳️‍🌈",
        "می‌خواهم",
        "第一行\n\t第二行",
        "ئۇيغۇرچە བོད་སྐད ᠮᠣᠩᠭᠣᠯ",
        "全角：ＡＢＣ１２３，·—…“”",
    ],
)
def test_it_leaves_what_a_person_could_have_meant(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("text", ["张\u200d三", "a\u200cb", "\u200d张三", "张三\u200d", "张 \u200d三", "👨\u200d"])
def test_it_drops_joiners_that_join_nothing(text: str) -> None:
    assert clean(text) == text.replace("\u200d", "").replace("\u200c", "")


def test_it_ends_lines_one_way() -> None:
    assert clean("一\r\n二\r三\u2028四\x85五") == "一\n二\n三\n四\n五"


def test_it_cleans_plain_data_all_through() -> None:
    assert cleaned({"a\u200b": ["\ufeff甲", {"b": "\u202e乙", "c": 3, "d": None}]}) == {
        "a": ["甲", {"b": "乙", "c": 3, "d": None}]
    }


@given(st.text())
def test_it_finds_nothing_more_the_second_time(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


def test_it_warns_of_characters_of_private_use_alone() -> None:
    with translation.override("zh-hans"):
        said = str(unsure("张\ue863", "李\ue863\U000f0000"))
    assert said.startswith("已保存，但“\ue863 (U+E863)、\U000f0000 (U+F0000)”是自造字")
    assert (unsure("𠮷", "葛\U000e0100"), private_signs("𠮷")) == ("", [])
