"""How text is made plain and cut: by our own rules, the same everywhere."""

import pytest

from linli.kernel.search.query import condition_of, phrase_of, spelled
from linli.kernel.search.text import LONGEST, plain_of, runs
from linli.kernel.search.tokens import character_token, tokens_of, word_token


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("  Ab   C ", "ab c"),
        ("ABC123", "abc123"),
        ("槐荫\t社区\r\n\n 南里 ", "槐荫 社区\n南里"),
        ("葛󠄀城", "葛城"),
        ("零\u200b宽", "零宽"),
        ("\x00坏", "坏"),
        ("豈", "豈"),
        ("臺灣", "臺灣"),
        ("Straße", "strasse"),
    ],
)
def test_it_makes_text_plain(written: str, plain: str) -> None:
    assert plain_of(written) == plain


def test_it_reads_only_the_beginning_of_a_very_long_text() -> None:
    assert len(plain_of("长" * 100_000)) == LONGEST


def test_it_keeps_characters_and_words_apart() -> None:
    assert list(runs(plain_of("2026年槐荫社区A座,12-3号"))) == [
        (False, "2026"),
        (True, "年槐荫社区"),
        (False, "a"),
        (True, "座"),
        (False, "12"),
        (False, "3"),
        (True, "号"),
    ]


@pytest.mark.parametrize(
    "character", ["㐀", "鿼", "\U00020000", "\U0002b81d", "\U0002ceb0", "\U00030000", "\U00031350", "\U000323af", "〇"]
)
def test_it_treats_every_character_of_the_standard_alike(character: str) -> None:
    assert list(runs(plain_of(f"张{character}村"))) == [(True, f"张{character}村")]
    assert character_token(character) in tokens_of(plain_of(character))


def test_it_spells_tokens_in_letters_and_digits_only() -> None:
    for token in tokens_of(plain_of("槐荫社区 \U00031350 naïve Ω 12-3 ёлка")):
        assert (token.isascii(), token.isalnum(), token == token.lower()) == (True, True, True)


def test_it_cuts_single_characters_and_neighbours() -> None:
    assert [t for t in tokens_of("槐荫社") if t.startswith("h")] == sorted(
        map(character_token, ["槐", "荫", "社", "槐荫", "荫社"])
    )


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三丰", ["zhangsanfeng", "zsf", "zhang", "sanfeng", "sf"]),
        ("重庆路", ["chongqinglu", "cql"]),
        ("单小明", ["shanxiaoming", "sxm", "danxiaoming"]),
        ("尉迟敬", ["yuchijing", "ycj"]),
        ("吕梁", ["lvliang", "lyuliang", "ll"]),
        ("槐荫社区", ["huaiyin", "huaiyinshequ", "hysq", "shequ"]),
    ],
)
def test_it_knows_a_name_by_pinyin_and_initials(name: str, typed: list[str]) -> None:
    held = tokens_of(name)
    found = [word for word in typed if any(token.startswith(word_token(word)) for token in held)]
    assert found == typed


def test_it_spells_only_the_first_line_in_pinyin() -> None:
    assert word_token("nanli") not in tokens_of("槐荫\n南里")


def test_it_asks_both_engines_the_same() -> None:
    condition = condition_of(phrase_of("槐荫社 Ab"))
    assert condition is not None
    pair = ("h069d0" + "0836b", "h0836b" + "0793e")
    assert spelled(condition, both=" AND ", either=" OR ", prefix="*") == f"(({pair[0]} AND {pair[1]}) AND wab*)"
    assert spelled(condition, both=" & ", either=" | ", prefix=":*") == f"(({pair[0]} & {pair[1]}) & wab:*)"


@pytest.mark.parametrize("typed", ["", "   ", "?!,", "' OR 1=1 --"[:1], "***", '"', "\x00"])
def test_it_looks_for_nothing_where_nothing_was_typed(typed: str) -> None:
    assert condition_of(phrase_of(typed)) is None
