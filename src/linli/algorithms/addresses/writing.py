"""One way of writing for what people write in many: width, digits, traditional forms, spaces and punctuation."""

import re
import unicodedata
from dataclasses import dataclass

DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True))
"""Chinese digits that stand in names of places; 十 stays, so that 十八里店 needs no context."""
_PAIRS = (
    "號号 樓楼 單单 門门 區区 縣县 鎮镇 鄉乡 莊庄 園园 東东 雙双 龍龙 華华 興兴 橋桥 頭头 灣湾 馬马 陽阳 廟庙 廠厂 "
    "場场 營营 團团 結结 關关 軍军 衛卫 聯联 齊齐 長长 張张 陳陈 劉刘 趙赵 楊杨 鄭郑 許许 蘇苏 葉叶 羅罗 黃黄 勝胜 "
    "愛爱 國国 農农 漁渔 鹽盐 鐵铁 銀银 錢钱 鳳凤 鶴鹤 雲云 麗丽 豐丰 寶宝 慶庆 歲岁 嶺岭 崗岗 峽峡 溝沟 澗涧 澤泽 "
    "漢汉 濱滨 灘滩 島岛 岡冈 應应 廣广 無无 從从 邊边 臺台 後后 裡里 裏里 邨村 層层 棟栋 會会 員员 辦办 處处 寧宁 "
    "濟济 運运 紅红 綠绿 藍蓝 貴贵 樂乐 麥麦 節节 幾几 萬万 "
)
TRADITIONAL = {pair[0]: pair[1] for pair in _PAIRS.split()}
"""The traditional forms that addresses are made of; not a dictionary of all characters."""
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_PLAIN = re.compile("[一-笫笭-龥]+")
"""Without 第, which stands before numbers."""
_PLAIN_FORMS = str.maketrans({**TRADITIONAL, **DIGITS})
_NUMBERS = frozenset("0123456789十")
_PAIR = re.compile(r"(?<![0-9])[1-9][0-9](?![0-9])")


class _Forms(dict[str, str]):
    """Character → how it stands in a normal text; empty for what only separates."""

    def __missing__(self, char: str) -> str:
        plain = unicodedata.normalize("NFKC", char).upper()
        form = "".join(DIGITS.get(c, TRADITIONAL.get(c, c)) for c in plain if c.isalnum() or c == "〇")
        self[char] = form
        return form


_FORMS = _Forms()


@dataclass(frozen=True, slots=True)
class Written:
    """``text`` in its normal form; ``at[i]`` is where character i stood in the original (one more for the end).

    ``cuts`` are the positions in ``text`` before which something separated: a space, a comma, a dash. ``spoken`` are
    those of pairs of Arabic digits that were written out as spoken.
    """

    text: str
    at: list[int]
    cuts: frozenset[int]
    spoken: tuple[int, ...] = ()


def _pairs_as_spoken(text: str) -> dict[int, tuple[str, str]]:
    """Where two Arabic digits stand alone: what their places hold when spoken (18 → 十8, 20 → 2十, 25 → 2十5)."""
    found = {}
    for pair in _PAIR.finditer(text.translate(_WIDE_DIGITS)):
        tens, ones = pair.group()[0], pair.group()[1]
        spoken_tens = "十" if tens == "1" else tens
        spoken_ones = ones if tens == "1" else "十" + ones
        found[pair.start()] = (spoken_tens, spoken_ones.replace("0", ""))
    return found


def normal_name(name: str) -> str:
    """The same as ``normal(name).text``, quicker for the many names of nothing but plain Chinese characters."""
    return name.translate(_PLAIN_FORMS) if _PLAIN.fullmatch(name) else normal(name).text


def normal(original: str, *, spoken: bool = True) -> Written:
    """The text as names are compared: half-width, upper case, Chinese digits as Arabic, no 第 before a number."""
    forms = [_FORMS[char] for char in original]
    pairs = _pairs_as_spoken(original) if spoken else {}
    for place, spoken_forms in pairs.items():
        forms[place], forms[place + 1] = spoken_forms
    text: list[str] = []
    at: list[int] = []
    cuts: set[int] = set()
    for place, form in enumerate(forms):
        if not form and not original[place].isalnum():
            cuts.add(len(text))
        if form == "第" and place + 1 < len(forms) and forms[place + 1][:1] in _NUMBERS:
            continue
        text.extend(form)
        at.extend([place] * len(form))
    at.append(len(original))
    return Written("".join(text), at, frozenset(cuts), tuple(at.index(place) for place in pairs if place in at))
