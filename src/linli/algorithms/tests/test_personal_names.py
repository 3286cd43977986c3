"""Names written one way, refused with a reason, sorted by pinyin or strokes, found again."""

import pytest

from linli.algorithms.personal_names import flaw_of, folded, keys_of, strokes_of, tidy, typed_letters

pytestmark = pytest.mark.sqlite_only


@pytest.mark.parametrize("dot", ["·", "・", "•", "‧", "∙", "⋅", "･", ".", "．", " · ", "●"])
def test_it_writes_every_dot_as_the_middle_dot(dot: str) -> None:
    assert tidy(f"买买提{dot}艾力") == "买买提·艾力"


def test_it_closes_gaps_between_chinese_characters_and_keeps_those_between_words() -> None:
    assert [tidy(one) for one in (" 张　三 ", "John  F. Kennedy", "ＡＢ李")] == ["张三", "John F. Kennedy", "AB李"]


def test_it_keeps_long_names_and_rare_characters() -> None:
    long = "·".join(["阿卜杜热依木"] * 15)
    assert [flaw_of(one) for one in (long, "王㛃", "李𬱖", "陈𰻞", "赵\U000323af", "བསོད་ནམས")] == [None] * 6
    assert len(long) == 104


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "empty"),
        ("长" * 121, "long"),
        ("李\ue863", "private"),
        ("李\U000f0001", "private"),
        ("王⿰火火", "described"),
        ("王?", "stand-in"),
        ("王□", "stand-in"),
        ("王1", "foreign"),
        ("=王", "foreign"),
        ("王😀", "foreign"),
    ],
)
def test_it_says_what_is_wrong_with_a_name(name: str, code: str) -> None:
    found = flaw_of(name)
    assert found is not None
    assert found.code == code


def test_it_names_the_character_it_refuses() -> None:
    found = flaw_of("李\ue863")
    assert found is not None
    assert found.point == "U+E863"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("单雄信", "shanxiongxin"),
        ("仇英", "qiuying"),
        ("区文", "ouwen"),
        ("解珍", "xiezhen"),
        ("查良镛", "zhaliangyong"),
        ("曾巩", "zenggong"),
        ("尉迟恭", "yuchigong"),
        ("买买提·艾力", "maimaitiaili"),
        ("张单", "zhangdan"),
    ],
)
def test_it_reads_surnames_as_surnames(name: str, letters: str) -> None:
    assert keys_of(name).pinyin == letters


def test_it_sorts_by_syllable_tone_and_character() -> None:
    names = ["张一", "范刚", "方爱", "章一", "阿里", "单一", "张二", "掌一"]
    ordered = sorted(names, key=lambda name: keys_of(name).pinyin_key)
    assert ordered == ["阿里", "范刚", "方爱", "单一", "张二", "张一", "章一", "掌一"]


def test_it_sorts_by_strokes() -> None:
    names = ["王一", "丁一", "张三", "李四", "一二"]
    assert sorted(names, key=lambda name: keys_of(name).stroke_key) == ["一二", "丁一", "王一", "张三", "李四"]


def test_it_knows_the_strokes_of_common_and_rare_characters() -> None:
    assert [strokes_of(one) for one in "一丁王张喆龘A"] == [1, 2, 4, 7, 12, 48, 0]


def test_variants_fold_alike_and_others_do_not() -> None:
    assert folded("王喆") == folded("王哲")
    assert folded("寧夏") == folded("宁夏")
    assert folded("王坤") != folded("王冲")


@pytest.mark.parametrize("name", ["张三丰", "买买提·艾力", "欧阳修"])
def test_the_key_of_a_beginning_is_the_beginning_of_the_key(name: str) -> None:
    assert [keys_of(name).name_key.startswith(keys_of(name[:n]).name_key) for n in range(1, len(name))] == [True] * (
        len(name) - 1
    )


def test_keys_are_plain_and_fit_their_columns() -> None:
    keys = keys_of("·".join(["庄爽双窗"] * 30))
    sizes = {name: len(value) for name, value in vars(keys).items()}
    assert all(value.isascii() and value.islower() for value in (keys.pinyin, keys.pinyin_key, keys.initials))
    assert sizes["name_key"] <= 160
    assert sizes["pinyin_key"] <= 400
    assert sizes["stroke_key"] <= 300


def test_what_is_typed_loses_marks_and_tells_u_from_v() -> None:
    assert [typed_letters(one) for one in ("Zhang San", "lü bu", "lyu'bu", "李")] == ["zhangsan", "lvbu", "lvbu", ""]
