"""A text with everything taken out that may not be public: a proposal, which a person reads before anybody else."""

import re
from collections.abc import Collection
from uuid import UUID

from linli.kernel.publication.looking import lists_of
from linli.kernel.publication.scanning.doors import leads_to_a_door
from linli.kernel.publication.scanning.findings import FindingKind
from linli.kernel.publication.scanning.hardship import surnames
from linli.kernel.publication.scanning.texts import spots

GONE, SOMEBODY = "〔隐去〕", "某某"
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•．. -]?"
    r"(?=[A-HJ-NP-Z0-9]*\d)[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]",
    re.IGNORECASE,
)
_FIGURES = r"[0-9０-９一二三四五六七八九十百零〇两]+"
_FINER = re.compile(
    rf"(?:{_FIGURES}\s*(?:单元|楼门|层|室|户|门(?!口|前|外))|(?<=[栋幢座楼元层-])\s*[0-9０-９]{{3,4}}\s*号?)"
)
_TITLES = "先生|女士|小姐|大爷|大妈|大娘|大姐|大哥|阿姨|叔叔|伯伯|奶奶|爷爷|老师|师傅|同志|书记|主任"
_SAID = "我叫|名叫|姓名[:：]?|联系人[:：]?|本人|业主|住户|邻居|居民|租户|房东"
_AFTER = r"(?=[，。；、,;\s的在把说家和]|$)"


def redacted(text: str, *, street: UUID | None = None, names: Collection[str] = ()) -> str:
    """``text`` without numbers of persons, plates, doors of homes and names; ``names`` are known beforehand.

    Buildings stay. What no list knows stays too: that is why a person reads it.
    """
    for name in sorted((one for one in names if len(one) > 1), key=len, reverse=True):
        text = text.replace(name, SOMEBODY)
    text = _PLATE.sub(GONE, text)
    found = sorted(spots(text, lists_of(street)), key=lambda spot: spot[1], reverse=True)
    edge = len(text)
    for kind, start, end, _excerpt in found:
        if end <= edge:
            text, edge = text[:start] + _instead(kind, text[start:end]) + text[end:], start
    return _without_names(text)


def _instead(kind: FindingKind, words: str) -> str:
    if kind is FindingKind.HARDSHIP:
        return SOMEBODY
    if kind is not FindingKind.HOUSE:
        return GONE
    coarser = _FINER.sub("", words)
    return GONE if leads_to_a_door(coarser) else coarser


def _without_names(text: str) -> str:
    one = f"(?:{surnames()})"
    text = re.sub(rf"{one}[一-龥]{{0,2}}?({_TITLES})", r"某\1", text)
    return re.sub(rf"({_SAID}){one}[一-龥]{{1,2}}{_AFTER}", rf"\1{SOMEBODY}", text)
