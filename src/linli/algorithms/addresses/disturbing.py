"""Addresses as people write them, made from a community and the places above it: with a seed, always the same.

What is left out or changed here was chosen from how people fill in forms and call hotlines, not from what the finder
knows; names are cut by rules of this module's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

KEEPS = {"province": 0.5, "city": 0.6, "area": 0.75, "street": 0.65}
"""How often each level is written at all."""
FILLED_IN = 0.03
"""How often a form filled in province, city and area by itself, and the writer did not see it."""
ESTATES = (
    "怡园",
    "怡兴园",
    "阳光花园",
    "金地家园",
    "翠湖小区",
    "春晖里",
    "东区",
    "一区",
    "南苑小区",
    "丽景嘉园",
    "教师公寓",
    "",
)
HOUSES = (
    "2号楼3单元501", "二号院", "12栋1-302", "甲5号", "2#楼2-301", "3幢501室", "B座1204", "15号", "7号院3号楼2门402",
    "三号楼一单元", "5-2-601", "36号楼2301室", "乙12号楼", "1号楼底商", "十二号楼三门六零一", "8号", "4楼", "28号院",
    "9栋", "壹号楼贰单元",
)  # fmt: skip
FARMS = (
    "三组18号",
    "2组",
    "128号",
    "村东头",
    "村口",
    "五队12号",
    "大街南12号",
    "西街56号",
    "北头",
    "甲5号",
    "小学旁",
    "村委会旁",
)
LANDMARKS = (
    "永辉超市旁",
    "小卖部门口",
    "东门",
    "西南门",
    "楼下",
    "5号楼楼下",
    "公交站旁",
    "卫生站对面",
    "药店隔壁",
    "北门岗亭",
    "快递柜处",
    "小广场",
)
ROADS = ("幸福路12号", "迎宾大街88号", "文化路", "振兴胡同3号", "工业大道甲1号", "建设北路26号院")
LEADS = ("家住", "地址:", "我住在", "住址：")
GAPS = (" ", "　", "，", ",", "-", "、", " / ")
_WIDE = str.maketrans("0123456789#-", "０１２３４５６７８９＃－")
_ARABIC = str.maketrans("一二三四五六七八九", "123456789")
_OLD = str.maketrans("号楼单门区镇乡园东", "號樓單門區鎮鄉園東")
_OFFICES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会")
_VILLAGES = ("村民委员会", "村委会")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One address: ``kept`` are the words written for the wider places, by level; ``community`` as it was written."""

    text: str
    kept: dict[str, str]
    community: str


def disturbed(names: dict[str, str], random: Random) -> Drawn:
    """One way to write the community ``names["community"]`` in its ``names`` of province, city, area and street."""
    kept = {level: _wider(level, names[level], random) for level in KEEPS if _written(level, names, random)}
    community = _community(names["community"], random)
    is_rural = names["community"].endswith(_VILLAGES)
    parts = [*kept.values()]
    if "street" in kept and random.random() < 0.05:
        parts.append(random.choice(ROADS))
    parts.append(community)
    if random.random() < 0.06:
        parts.append(random.choice(ROADS))
    elif random.random() < 0.85:
        parts.append(_tail(random, is_rural=is_rural))
    if kept and random.random() < FILLED_IN:
        parts = [names["province"], *(name for name in (names["city"], names["area"]) if name != "市辖区"), *parts]
    return Drawn(_joined(parts, random), kept, community)


def _written(level: str, names: dict[str, str], random: Random) -> bool:
    return random.random() < KEEPS[level] and names[level] not in ("市辖区", "县")


def _pick(random: Random, choices: Sequence[tuple[str, float]]) -> str:
    return random.choices([text for text, _ in choices], [weight for _, weight in choices])[0]


def _wider(level: str, name: str, random: Random) -> str:
    if level == "street":
        return _street(name, random)
    bare = re.sub(r"(省|市|区|县)$", "", name)
    return bare if len(bare) > 1 and random.random() < 0.25 else name


def _street(name: str, random: Random) -> str:
    for kind in ("街道", "地区", "镇", "乡"):
        if name.endswith(kind) and len(name) - len(kind) > 1:
            bare = name.removesuffix(kind)
            break
    else:
        return name
    ways = {
        "街道": [(name, 0.55), (name + "办事处", 0.15), (name + "办", 0.08), (bare, 0.22)],
        "地区": [(name, 0.35), (name + "办事处", 0.15), (bare + "镇", 0.28), (bare, 0.22)],
    }
    return _pick(random, ways.get(kind, [(name, 0.78), (bare, 0.22)]))


def _community(name: str, random: Random) -> str:
    office = next((office for office in (*_OFFICES, *_VILLAGES) if name.endswith(office)), "")
    head = name.removesuffix(office)
    if office in _VILLAGES:
        bare = head.removesuffix("村")
        ways = [(bare + "村", 0.45), (bare + "村委会", 0.17), (bare + "村民委员会", 0.1), (bare + "村村委会", 0.08)]
    else:
        bare = head.removesuffix("社区")
        ways = [
            (bare + "社区", 0.45),
            (bare + "社区居委会", 0.2),
            (bare + "社区居民委员会", 0.07),
            (bare + "居委会", 0.08),
        ]
    written = _pick(random, [*ways, (bare, 0.2)] if len(bare) > 1 else ways)
    if re.search("[一二三四五六七八九]", written) and random.random() < 0.3:
        written = written.translate(_ARABIC)
    return (
        written.replace("第", "")
        if random.random() < 0.2 and re.search("第[一二三四五六七八九1-9]", written)
        else written
    )


def _tail(random: Random, *, is_rural: bool) -> str:
    if is_rural and random.random() < 0.7:
        return random.choice(FARMS)
    if random.random() < 0.2:
        return random.choice(ESTATES) + random.choice(LANDMARKS)
    house = random.choice(HOUSES)
    if random.random() < 0.1:
        house += random.choice(LANDMARKS)
    return random.choice(ESTATES) + house


def _joined(parts: Sequence[str], random: Random) -> str:
    gap = random.choice(GAPS) if random.random() < 0.25 else ""
    text = gap.join(parts)
    if random.random() < 0.15:
        text = text.translate(_WIDE)
    if random.random() < 0.05:
        text = text.translate(_OLD)
    if random.random() < 0.05:
        text = random.choice(LEADS) + text
    return text + (random.choice(("。", " ", "(急)")) if random.random() < 0.05 else "")
