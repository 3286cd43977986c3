"""Topics of short messages: one matter in many words is one topic, formulas of politeness are none."""

import random

import pytest

from linli.algorithms.topics import Message, topics_among

pytestmark = pytest.mark.sqlite_only
NOISE = (
    "丽景园施工工地夜里噪声扰民", "丽景园旁的工地深夜施工太吵", "反映丽景园工地凌晨还在浇筑混凝土",
    "丽景园小区外工地噪声何时能停", "丽景园工地夜间施工没有告示",
)  # fmt: skip
PARKING = ("幸福里小区停车位捆绑销售", "幸福里开发商强制买车位", "请查幸福里小区车位捆绑卖房", "幸福里车位不租只卖")
OTHER = ("公交几路改道", "办居住证要带材料", "石榴树该修剪了", "图书馆周一闭馆", "自来水发黄", "狂犬疫苗去哪里打")
POLITE = "尊敬的领导您好，请在百忙之中关注此事，盼复，谢谢。"


def messages(seed: int = 1) -> tuple[list[Message], list[str]]:
    """All of them in an order drawn by seed, each with the same polite text."""
    titles = [*NOISE, *PARKING, *OTHER]
    random.Random(seed).shuffle(titles)
    return [Message(title, POLITE) for title in titles], titles


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_gathers_one_matter_in_many_words(seed: int) -> None:
    given, titles = messages(seed)
    found = [{titles[one] for one in topic.members} for topic in topics_among(given)]
    assert found == [set(NOISE), set(PARKING)]


def test_the_middle_is_one_of_the_members() -> None:
    given, _titles = messages()
    assert [topic.middle in topic.members for topic in topics_among(given)] == [True, True]


def test_it_leaves_out_topics_of_few() -> None:
    given, _titles = messages()
    assert [len(topic.members) for topic in topics_among(given, least=5)] == [5]


def test_a_message_without_a_title_is_read_by_its_beginning() -> None:
    given = [Message("", title) for title in (*NOISE, *OTHER)]
    assert [topic.members for topic in topics_among(given)] == [(0, 1, 2, 3, 4)]


def test_it_gathers_messages_that_are_all_about_one_matter() -> None:
    assert [topic.members for topic in topics_among([Message(title, title) for title in NOISE])] == [(0, 1, 2, 3, 4)]


@pytest.mark.parametrize("given", [[], [Message("路灯", "不亮")], [Message("", ""), Message("", "！")]])
def test_it_finds_nothing_in_nothing(given: list[Message]) -> None:
    assert topics_among(given) == []
