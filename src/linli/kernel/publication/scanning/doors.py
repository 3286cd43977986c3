"""House numbers of homes in running text: building and door together, or any address somebody is said to live at."""

import re
from collections.abc import Iterator, Set

from linli.algorithms.addresses.houses import Parts, parts

_CLAUSE = re.compile(r"[^，。；！？、,;!?\n\t]+")
_DATE = re.compile(r"\d{1,2}月\d{1,2}[日号]|\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{1,2}:\d{2}")
_SIGNS_OF_A_HOUSE = re.compile(r"号楼|[栋幢座弄#]|单元|楼门|门牌|号院|\d号\d+室|\d户")
_LIVES = re.compile(r"(?:家住|现住|居住[在于地]|住址|家庭地址|家庭住址|户籍地址|住在)[:： ]{0,2}")
_NUMBERED = re.compile(r"(?:\d+|[一二三四五六七八九十百]+)\s*(?:号|[栋幢座室#]|单元|门|-\d)")
_TRIPLE = re.compile(r"(?<![\d-])\d{1,3}-\d{1,2}-(?!(?:19|20)\d\d)\d{3,4}(?![\d-])")
_COUNTED = re.compile(
    r"\s*(?:单元|号?楼|栋|层|人|名|次|元|万|平|米|㎡|个|场|件|份|%|年|月|日|岁|部|台|间|处|套|户|家|位|余|多)"
)
_PUBLIC = re.compile(
    r".{0,10}(?:服务站|服务中心|活动室|活动中心|会议室|办公室|居委会|驿站|党群|教室|食堂|卫生站|警务室|物业|书屋)"
)
_HOUSEHOLDS = re.compile(r"\d+余?户(?:居民|家庭|人家|老人|业主|住户)?")


def doors_in(text: str, *, allowed: Set[str] = frozenset()) -> Iterator[tuple[int, int]]:
    """(start, end) of each clause that leads to a home's door. ``allowed`` are addresses of offices that may stand."""
    for clause in _CLAUSE.finditer(text):
        words = clause.group()
        if any(address in words for address in allowed):
            for address in allowed:
                words = words.replace(address, "□")
        if leads_to_a_door(words):
            yield clause.span()


def leads_to_a_door(clause: str) -> bool:
    """2号楼3单元501, 5号院3-2-501, 家住兴华路5号; not 兴华路5号, 3号楼2单元加装电梯, 2号楼120户居民,
    2号楼101室社区服务站.
    """
    plain = _DATE.sub(" ", clause)
    lives = _LIVES.search(plain)
    if lives is not None and _NUMBERED.search(plain, lives.end()):
        return True
    if _TRIPLE.search(plain):
        return True
    if not _SIGNS_OF_A_HOUSE.search(plain):
        return False
    return _has_door(_HOUSEHOLDS.sub("□", plain) if _counts_households(plain) else plain)


def _counts_households(plain: str) -> bool:
    """Whether 户 counts: 12户, 120户居民; 501户 behind a stairwell is a door."""
    return re.search(r"\d户(?:居民|家庭|人家|老人|业主|住户)|(?<!\d)\d{1,2}户|余户|共\d+户", plain) is not None


def _is_a_door(found: Parts) -> bool:
    """A door of three figures in a building, or any door of a stairwell."""
    if found.stairwell:
        return bool(found.room)
    return bool(found.building) and len(found.room) >= 3


def _has_door(plain: str) -> bool:
    """Read the clause as an address again and again, behind what was read before."""
    left = plain
    for _again in range(8):
        found = parts(left)
        no_home = _COUNTED.match(found.rest) or _PUBLIC.match(found.rest)
        if _is_a_door(found) and not no_home:
            return True
        if not found.rest or len(found.rest) >= len(left):
            return False
        left = found.rest
    return False
