"""What a place's name is called by: the short form it is found under, and the endings people put behind it."""

import re
from enum import IntEnum

from linli.algorithms.addresses.writing import normal_name


class Level(IntEnum):
    """From the widest place to the narrowest; a place lies in one of a lower number."""

    PROVINCE = 0
    CITY = 1
    AREA = 2
    STREET = 3
    COMMUNITY = 4
    ESTATE = 5


class Family(IntEnum):
    """Levels whose names end alike."""

    UPPER = 0
    STREET = 1
    COMMUNITY = 2
    ESTATE = 3


FAMILY = (Family.UPPER, Family.UPPER, Family.UPPER, Family.STREET, Family.COMMUNITY, Family.ESTATE)
NO_ENDING, KINDS = 0, 8
"""The kind of a name without an ending, and how many kinds there are at most in a family."""
PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|"
    "毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
_OF_PEOPLES = f"(?:(?:{PEOPLES})族?)*"
_UPPER = re.compile(
    rf"{_OF_PEOPLES}自治(?:区|(州)|(县|旗))|(?:特别行政区|(省)|(市)|(林区|新区|矿区|区)|(县)|(旗)|(地区)|(盟))"
)
_UPPER_KINDS = {1: 6, 2: 4, 3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 6, 9: 6, None: 1}
_STREET = re.compile(
    rf"(街道(?:办事处|工作委员会|工委|办)?|街办|(?<=[^0-9]{{2}})办事处)|(地区(?:办事处)?)|(镇(?:人民政府|政府)?)|"
    rf"({_OF_PEOPLES}(?:民族)?乡(?:人民政府|政府)?)|({_OF_PEOPLES}苏木)"
)
_COMMUNITY = re.compile(
    r"((?:(?:村|虚拟)?(?:社区)+)(?:居民委员会|居委会|居民委会|居委|委员会|党群服务中心|服务中心|服务站|工作站)?|居民委员会|居民委会|居委会|居委)|"
    r"(嘎查(?:村民委员会|村委会|委会)?)|"
    r"(村?村民委员会|村?村委员会|村?村委会|村?村委(?!员)|村(?!民))|((?:民委员|委)会)"
)
_ESTATE = re.compile(r"(住宅小区|小区|大院|家属院)")
ENDINGS = {
    Family.UPPER: _UPPER,
    Family.STREET: _STREET,
    Family.COMMUNITY: _COMMUNITY,
    Family.ESTATE: _ESTATE,
}
"""What may stand behind a short form; which group matched is the kind of the ending."""
LIKE: dict[Family, dict[int, tuple[int, ...]]] = {
    Family.UPPER: {1: (1,), 2: (2,), 3: (3,), 4: (4,), 5: (5,), 6: (6,)},
    Family.STREET: {1: (1, 2), 2: (1, 2, 3, 4), 3: (2, 3), 4: (2, 4), 5: (5,)},
    Family.COMMUNITY: {1: (1,), 2: (2,), 3: (3,), 4: (3,)},
    Family.ESTATE: {1: (1, 0)},
}
"""Which kinds an ending means: a 地区 is a town or a township with the office of a street."""
_BEHIND = {
    Family.UPPER: re.compile(f"(?:{_UPPER.pattern})$"),
    Family.STREET: re.compile(f"(?:{_STREET.pattern})$"),
    Family.COMMUNITY: re.compile(
        r"((?:虚拟)?(?:社区)+(?:居民委员会|居委会|居民委会|委员会)?|居民委员会|居民委会|居委会)$|"
        r"(嘎查(?:村民委员会|村委会|委会)?)$|(村?村民委员会|村?村委员会|村?村委会|村?村委|村)$"
    ),
    Family.ESTATE: _ESTATE,
}
_UNIT = {1: "社区", 2: "嘎查", 3: "村"}
SILENT = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Rows of the official tables that nobody writes."""


def kind_of(family: Family, group: int | None) -> int:
    """The kind that a matched group of ``ENDINGS[family]`` stands for; 0 without an ending."""
    if family is Family.UPPER:
        return _UPPER_KINDS[group]
    return group or NO_ENDING


def short(name: str, level: Level) -> tuple[str, int]:
    """The short form a name is found under, in normal writing, and the kind of its ending.

    兴华南里社区居委会 → 兴华南里; a short form of one character keeps its unit: 周村村委会 → 周村.
    """
    text = normal_name(name)
    if name in SILENT:
        return "", NO_ENDING
    family = FAMILY[level]
    found = _BEHIND[family].search(text)
    if found is None or not found.start():
        return text, NO_ENDING
    kind = kind_of(family, found.lastindex)
    head = text[: found.start()]
    if len(head) > 1:
        return head, kind
    return (head + _UNIT[kind] if family is Family.COMMUNITY else text), kind


_MATCHES = tuple(ENDINGS[family].match for family in Family)
_KINDS = tuple(tuple(kind_of(family, group) for group in range(1, 10)) for family in Family)


def ending(family: int, text: str, place: int) -> tuple[int, int]:
    """Where the ending at ``place`` stops, and its kind; ``place`` itself and 0 where there is none."""
    found = _MATCHES[family](text, place)
    if found is None:
        return place, NO_ENDING
    group = found.lastindex
    return found.end(), 1 if group is None else _KINDS[family][group - 1]
