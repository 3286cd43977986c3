"""A pasted chat: each line a draft."""

import pytest

from linli.apps.needs.kinds.chat import ChatLine, read_chat
from linli.kernel.errors import Refusal

pytestmark = pytest.mark.sqlite_only


def test_it_makes_a_draft_of_every_line() -> None:
    pasted = "王姐：楼下灯坏了[捂脸]\n\n老李: 3号楼单元门关不上 @网格员小周 \n收到\n"
    assert read_chat(pasted) == [
        ChatLine("王姐", "", "楼下灯坏了", False),
        ChatLine("老李", "", "3号楼单元门关不上", False),
        ChatLine("", "", "收到", True),
    ]


def test_it_reads_messages_with_their_moments_above() -> None:
    pasted = "王姐 2026-11-22 10:12:05\n楼下灯坏了\n老李  11月22日 下午 3:07\n[图片]\n门禁刷不开\n"
    assert read_chat(pasted) == [
        ChatLine("王姐", "2026-11-22 10:12:05", "楼下灯坏了", False),
        ChatLine("老李", "11月22日 下午 3:07", "[图片]", True),
        ChatLine("老李", "11月22日 下午 3:07", "门禁刷不开", False),
    ]


def test_it_reads_a_name_above_the_words() -> None:
    pasted = "王姐:\n楼下灯坏了\n\n老李:\n好的\n"
    assert read_chat(pasted) == [ChatLine("王姐", "", "楼下灯坏了", False), ChatLine("老李", "", "好的", True)]


def test_it_takes_a_sentence_with_a_colon_for_a_sentence() -> None:
    assert [line.text for line in read_chat("反映一个问题，地点：3号楼门口，路灯不亮")] == [
        "反映一个问题，地点：3号楼门口，路灯不亮"
    ]


@pytest.mark.parametrize("pasted", ["", " \n ", "10:12\n", "灯坏了\n" * 201, "灯" * 60_001])
def test_it_says_what_cannot_be_read(pasted: str) -> None:
    with pytest.raises(Refusal):
        read_chat(pasted)
