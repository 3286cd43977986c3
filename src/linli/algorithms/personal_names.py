"""Names of persons written one way, and the keys by which they are sorted by pinyin or strokes and found again.

Every key is plain lower-case ASCII, letters and digits of fixed width a character: so it sorts alike under any
collation, and the key of a beginning is the beginning of the key.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import islice

LONGEST = 120
"""Characters of a name; 民委发〔2016〕33号 asks for room for fifty at least."""
LETTERS = 24
"""Letters of a name that its keys look at."""

SURNAMES = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "查": "zha1", "曾": "zeng1", "任": "ren2", "区": "ou1", "盖": "ge3",
    "种": "chong2", "朴": "piao2", "翟": "zhai2", "乐": "yue4", "召": "shao4", "缪": "miao4", "纪": "ji3",
    "覃": "qin2", "折": "she2", "逄": "pang2", "尹": "yin3", "员": "yun4", "盛": "sheng4", "葛": "ge3", "华": "hua4",
    "过": "guo1", "冼": "xian3", "宓": "mi4", "那": "na1", "都": "du1", "繁": "po2", "么": "yao1", "燕": "yan1",
    "令": "ling2", "洗": "xian3", "秘": "bi4", "黑": "he4", "牟": "mu4", "应": "ying1", "撒": "sa3",
}  # fmt: skip
"""Readings that a character has as a surname and otherwise rarely."""

COMPOUND = {
    "尉迟": ("yu4", "chi2"),
    "万俟": ("mo4", "qi2"),
    "长孙": ("zhang3", "sun1"),
    "澹台": ("tan2", "tai2"),
    "令狐": ("ling2", "hu2"),
    "宰父": ("zai3", "fu3"),
}

DOT = "·"
_DOTS = re.compile(r"\s*[·•‧∙⋅・･᛫●]\s*")
_POINT = re.compile(r"(?<=[^\x00-\x7f])\s*[.．﹒]\s*(?=[^\x00-\x7f])")
_GAP = re.compile(r"(?<=[\u2e80-\u9fff\U00020000-\U000323af])\s+(?=[\u2e80-\u9fff\U00020000-\U000323af])")
_STAND_INS = frozenset("?*□■〓○◇△×\ufffd")
_MARKS = frozenset(" ·'’-.,()་")


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a name: ``code`` is empty, long, private, described, stand-in or foreign."""

    code: str
    character: str = ""

    @property
    def point(self) -> str:
        """The character as U+XXXX; "" when it is not about one."""
        return f"U+{ord(self.character):04X}" if self.character else ""


def tidy(text: str) -> str:
    """The name written one way: full-width letters plain, no space between Chinese characters, the dot U+00B7."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _POINT.sub(DOT, _DOTS.sub(DOT, plain))
    return _GAP.sub("", plain).strip(f"{DOT} ")


def flaw_of(name: str) -> Flaw | None:
    """Why a tidied name cannot be kept; None for a right one.

    Characters of GB 18030-2022 are all kept. Private-use characters, descriptions such as ⿰火火 and marks put in
    place of a character are refused: they look like a name on one machine and like nothing on the next.
    """
    if not name:
        return Flaw("empty")
    if len(name) > LONGEST:
        return Flaw("long")
    for character in name:
        code = _flaw_in(character)
        if code:
            return Flaw(code, character)
    return None


def _flaw_in(character: str) -> str:
    point = ord(character)
    if unicodedata.category(character) == "Co":
        return "private"
    if 0x2FF0 <= point <= 0x2FFF or point in {0x303E, 0x31EF}:
        return "described"
    if character in _STAND_INS:
        return "stand-in"
    if 0x20000 <= point <= 0x323AF or unicodedata.category(character)[0] in "LM" or character in _MARKS:
        return ""
    return "foreign"


@lru_cache(maxsize=1)
def _strokes() -> bytearray:
    """How many strokes each character has, by its code point; 0 where it is not known."""
    table = bytearray(0x33480)
    text = files("linli.algorithms").joinpath("data/strokes.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            count, _tab, characters = line.partition("\t")
            for character in characters:
                table[ord(character)] = int(count)
    return table


@lru_cache(maxsize=1)
def _variants() -> dict[str, str]:
    """Character → the one that stands for its group."""
    text = files("linli.algorithms").joinpath("data/variants.txt").read_text(encoding="utf-8")
    groups = [line for line in text.splitlines() if not line.startswith("#")]
    return {character: group[0] for group in groups for character in group}


def strokes_of(character: str) -> int:
    """The number of strokes (Unicode Han Database); 0 for what is no Chinese character."""
    point = ord(character)
    return _strokes()[point] if point < 0x33480 else 0


@lru_cache(maxsize=20_000)
def _reading(character: str) -> str:
    """Syllable and tone, ``zhang1``; "" when no reading is known. Latin letters read as themselves."""
    if character.isascii():
        return f"{character}0" if character.isalpha() else ""
    if not strokes_of(character):
        return ""
    from pypinyin import Style, lazy_pinyin

    found = str(lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)[0])
    return found if found.isascii() else ""


def letters_of(name: str) -> str:
    """The letters of a name in small type, without dots, spaces and marks."""
    return "".join(character for character in name.casefold() if unicodedata.category(character)[0] in "LC")


def readings_of(name: str) -> list[str]:
    """One reading a letter, that of the surname first: ``["shan4", "xiong2", "xin4"]``; "" where none is known."""
    letters = letters_of(name)
    found = [_reading(character) for character in letters]
    if letters[:2] in COMPOUND:
        found[:2] = COMPOUND[letters[:2]]
    elif letters[:1] in SURNAMES:
        found[0] = SURNAMES[letters[0]]
    return found


def _hex(character: str) -> str:
    return f"{ord(character):05x}"


def folded(name: str) -> str:
    """The letters with every variant of a character as one: 喆 and 哲, 寧 and 宁 fold alike."""
    table = _variants()
    return "".join(table.get(character, character) for character in letters_of(name))


@dataclass(frozen=True)
class Keys:
    """The columns that follow from a name."""

    name_key: str
    pinyin: str
    initials: str
    pinyin_key: str
    stroke_key: str


def name_key(name: str) -> str:
    """Five digits a letter of the folded name."""
    return "".join(_hex(character) for character in islice(folded(name), LETTERS))


def keys_of(name: str) -> Keys:
    """The keys of a tidied name. Sorting: syllable, tone, character; or count of strokes, character."""
    letters = letters_of(name)[:LETTERS]
    readings = readings_of(name)[:LETTERS]
    syllables = [reading.rstrip("012345") for reading in readings]
    by_sound = [f"{reading or 'zz9'}{_hex(one)}" for reading, one in zip(readings, letters, strict=True)]
    by_strokes = [f"{strokes_of(one) or (0 if one.isascii() else 99):02}{_hex(one)}" for one in letters]
    return Keys(
        name_key=name_key(name),
        pinyin="".join(syllables)[:200],
        initials="".join(syllable[:1] for syllable in syllables)[:60],
        pinyin_key="".join(by_sound),
        stroke_key="".join(by_strokes),
    )


def typed_letters(text: str) -> str:
    """What somebody typed for a name in pinyin: letters only, ü as v."""
    plain = unicodedata.normalize("NFC", text.casefold()).replace("ü", "v").replace("lyu", "lv").replace("nyu", "nv")
    return "".join(character for character in plain if character.isascii() and character.isalpha())
