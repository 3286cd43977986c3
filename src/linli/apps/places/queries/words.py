"""What people write on doors, made comparable: widths, Chinese numerals, the words 号楼, 单元, 室."""

import re
import unicodedata

DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百]+")
MARKS = re.compile(r"[\s·.,，、。:：;；'\"“”‘’()（）\[\]【】<>《》_]+")
BUILDING = re.compile(r"(号楼|#楼|号院|楼栋|栋楼|号|栋|幢|座|楼|#)$")
STAIRWELL = re.compile(r"(单元门|单元|号门|楼门|门栋|门|号)$")
ROOM = re.compile(r"(号房|房间|室|号|户|房)$")
FIRST_NUMBER = re.compile(r"\d{1,9}")


def plain(text: str) -> str:
    """A name without width, case, space and marks."""
    return MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def numerals(text: str) -> str:
    """The text with Chinese numerals below a thousand as digits: 十二 is 12, 一〇二 is 102."""
    return NUMERAL.sub(lambda found: _as_digits(found.group()), text)


def _as_digits(numeral: str) -> str:
    if "十" not in numeral and "百" not in numeral:
        return "".join(str(DIGITS[sign]) for sign in numeral)
    total = below = 0
    for sign in numeral:
        if sign == "百":
            total, below = total + (below or 1) * 100, 0
        elif sign == "十":
            total, below = total + (below or 1) * 10, 0
        else:
            below = DIGITS[sign]
    return str(total + below)


def building_key(name: str) -> str:
    """What tells a building from its neighbours: 2号楼, ２栋 and 二号楼 are all 2."""
    text = numerals(plain(name))
    return BUILDING.sub("", text) or text


def stairwell_number(text: str) -> str:
    """A stairwell's number without its word: 三单元 and 3门 are 3."""
    number = numerals(plain(text)).upper()
    return STAIRWELL.sub("", number) or number


def room_number(text: str) -> str:
    """A door's number without its word: ５０１室 is 501, 底商2 stays."""
    number = numerals(plain(text)).upper()
    return ROOM.sub("", number) or number


def first_number(text: str) -> int:
    """The first number in a text, for sorting; 0 where there is none."""
    found = FIRST_NUMBER.search(text)
    return int(found.group()) if found else 0
