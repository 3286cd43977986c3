"""The end of an address: yard, building, stairwell and door, in the many ways people write them."""

import re
import unicodedata
from dataclasses import dataclass

from linli.algorithms.addresses.writing import TRADITIONAL

_SIGNS = dict(
    zip("零〇○一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖", "000122345678912233456678 9".replace(" ", ""), strict=True)
)
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_NUMERAL = "[零〇○一二两三四五六七八九十百壹贰貳叁參肆伍陆陸柒捌玖拾佰]{1,7}"
_NUMBER = rf"(?:[甲乙丙丁戊己庚辛东西南北]?(?:[A-Z]?[0-9]{{1,6}}[A-Z]?|{_NUMERAL})|[A-Z](?![A-Z]))"
_DOOR = r"(?:[A-Z]?[0-9]{1,6}[A-Z]?|" + _NUMERAL + ")"
_FORMS = {
    "yard": rf"(?P<yard>{_NUMBER})(?:号大?院|弄)",
    "building": rf"(?P<building>{_NUMBER})(?:号住宅楼|号公寓楼?|号商?铺?楼(?!下)|#楼|号#|#|栋楼?|楼栋|幢|座|号(?=楼下)|"
    r"楼(?![下上道梯长前后]))",
    "stairwell": rf"(?P<stairwell>{_NUMBER})(?:号?单元门?|号门|号楼门|楼门|门(?![口卫岗面前外头脸诊])|梯)",
    "triple": rf"(?P<one>{_NUMBER})-(?P<two>{_NUMBER})-(?P<three>{_DOOR})(?:室|号|户|房)?(?![0-9-])",
    "pair": rf"(?P<first>{_NUMBER})-(?P<second>{_DOOR})(?:室|号|户|房)?(?![0-9-])",
    "floor": rf"(?P<floor>{_NUMBER})(?:层|楼(?!下))",
    "plot": rf"(?P<plot>{_NUMBER})号(?![线楼院门厅])",
    "room": rf"(?P<room>{_DOOR}|(?:底商|商铺|门面|车库)[0-9]+)(?:号房|室|号|户|房)?",
}
_GATE = r"(?![0-9零〇一二三四五六七八九十]+号门)"
"""1号门 is a gate of an estate unless a building stands before it."""
_AT_FIRST = re.compile(
    _GATE + f"(?:{'|'.join(_FORMS[name] for name in ('yard', 'building', 'triple', 'pair', 'stairwell', 'plot'))})"
)
_BUILDING = re.compile(_FORMS["building"])
_INSIDE = re.compile("|".join(_FORMS[name] for name in ("triple", "pair", "stairwell", "floor", "room")))
_AFTER_A_YARD = re.compile(
    "|".join(_FORMS[name] for name in ("building", "triple", "pair", "stairwell", "plot", "room"))
)
_LONE_ROOM = re.compile(rf"(?P<room>{_DOOR})(?:室|房|户)(?![内外])")


@dataclass(frozen=True, slots=True)
class Parts:
    """What the end of an address says, numbers as digits; empty where it says nothing.

    ``before`` are the words before the first number (an estate we do not know, a street), ``rest`` those behind the
    last (a shop, a gate, 楼下).
    """

    before: str = ""
    yard: str = ""
    building: str = ""
    stairwell: str = ""
    room: str = ""
    rest: str = ""


def number(written: str) -> str:
    """A number as digits: 十二 is 12, 六零一 is 601, 甲五 is 甲5; anything else stays."""
    return re.sub(_NUMERAL, lambda found: _digits(found.group()), written)


def _digits(numeral: str) -> str:
    if not set(numeral) & set(_TENS):
        return "".join(_SIGNS[sign] for sign in numeral)
    total = below = 0
    for sign in numeral:
        if sign in _TENS:
            total, below = total + (below or 1) * _TENS[sign], 0
        else:
            below = int(_SIGNS[sign])
    return str(total + below)


def _tidy(text: str) -> str:
    """Half-width, simplified, upper case; dashes as -, blanks gone except where they part two numbers."""
    plain = unicodedata.normalize("NFKC", text).upper()
    plain = "".join(TRADITIONAL.get(char, char) for char in plain)
    plain = re.sub(r"[‐-―−—_~/\\]+", "-", plain)
    plain = re.sub(r"(?<=[0-9A-Z])[\s,，、.·]+(?=[0-9])", "-", plain)
    return re.sub(r"[\s,，、;；:：。.·()（）\[\]【】]+", "", plain).strip("-")


def parts(text: str) -> Parts:
    """The yard, building, stairwell and door in what is left of an address behind the last place that is known."""
    tidy = _tidy(text)
    first = _AT_FIRST.search(tidy)
    if first is None:
        room = _LONE_ROOM.search(tidy)
        if room is None:
            return Parts(rest=tidy)
        return Parts(before=tidy[: room.start()], room=number(room["room"]), rest=tidy[room.end() :])
    found, place = _first_facts(first), first.end()
    later = None if first["building"] or first["one"] or first["first"] else _BUILDING.search(tidy, place)
    if later is not None and not _AFTER_A_YARD.match(tidy, place) and not first["stairwell"]:
        first, found, place = later, {"building": later["building"]}, later.end()
    while step := _next(found, tidy, place):
        named = {name: value for name, value in step.groupdict().items() if value}
        if not _take(found, named):
            break
        place = step.end()
    floor = found.pop("floor", "")
    rest = tidy[place:].strip("-")
    if floor and "room" not in found:
        rest = f"{number(floor)}层{rest}"
    numbers = {name: number(value) for name, value in found.items()}
    return Parts(before=tidy[: first.start()].strip("-"), rest=rest, **numbers)


def _first_facts(first: "re.Match[str]") -> dict[str, str]:
    named = {name: value for name, value in first.groupdict().items() if value}
    found: dict[str, str] = {}
    if "plot" in named or "yard" in named:
        return {"building": named.get("plot") or named["yard"], "floor": ""}
    _take(found, named)
    return found


def _next(found: dict[str, str], tidy: str, place: int) -> "re.Match[str] | None":
    """What stands right behind: after a plot or a yard it may still be a building."""
    place += tidy.startswith("-", place)
    if "room" in found:
        return None
    if found.get("floor") == "":
        return _AFTER_A_YARD.match(tidy, place)
    return _INSIDE.match(tidy, place)


def _take(found: dict[str, str], named: dict[str, str]) -> bool:
    """Put one step's numbers where they belong; False where they belong nowhere."""
    after_a_yard = found.get("floor") == ""
    if after_a_yard:
        del found["floor"]
    if "one" in named:
        if found.get("building") and not after_a_yard:
            return False
        _put_building(found, named["one"])
        found.update(stairwell=named["two"], room=named["three"])
    elif "first" in named:
        _take_pair(found, named["first"], named["second"])
    elif "building" in named or "plot" in named:
        _put_building(found, named.get("building") or named["plot"])
    else:
        found.update({name: named[name] for name in ("stairwell", "room", "floor") if name in named})
    return True


def _take_pair(found: dict[str, str], first: str, second: str) -> None:
    """2-501: behind a building the stairwell and the door, else the building and its door (or stairwell: 2-3)."""
    if found.get("stairwell"):
        found["room"] = f"{first}-{second}"
    elif found.get("building"):
        found.update(stairwell=first, room=second)
    else:
        found["building"] = first
        found["room" if len(number(second)) > 2 else "stairwell"] = second


def _put_building(found: dict[str, str], building: str) -> None:
    if found.get("building"):
        found["yard"] = found["building"]
    found["building"] = building
