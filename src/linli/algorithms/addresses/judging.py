"""Whether an answer is right, by plain comparison of names: knows nothing of how the finder finds."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from linli.algorithms.addresses.disturbing import Drawn

LEVELS = ("province", "city", "area", "street", "community")
_OFFICE = re.compile(r"(社区居民委员会|社区居委会|社区|居民委员会|居委会|村村民委员会|村民委员会|村村委会|村委会|村)$")
_WIDE = {
    "province": re.compile(r"(省|市|(?:壮族|回族|维吾尔)?自治区)$"),
    "city": re.compile(r"(市|地区|盟)$"),
    "area": re.compile(r"(区|县|市|旗)$"),
    "street": re.compile(r"(街道办事处|街道办|街道|地区办事处|地区|镇|乡)$"),
}
_ALIKE = {"街道办事处": "街道", "街道办": "街道", "地区办事处": "地区", "镇": "地区", "乡": "地区"}
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def _cut(name: str, ends: re.Pattern[str]) -> tuple[str, str]:
    """A name without its ending and in one way of writing digits, and the ending."""
    found = ends.search(name)
    ending = found.group() if found and found.start() else ""
    plain = re.sub(r"第(?=[0-9十])", "", name.removesuffix(ending).translate(_DIGITS))
    return plain, ending


def _is_rural(ending: str) -> bool | None:
    return ("村" in ending) if ending else None


class Judge:
    """All rows of the divisions by code and by the bare name of the community."""

    def __init__(self, rows: Iterable[tuple[str, int, str]]) -> None:
        self._names: dict[str, str] = {}
        self._called: dict[str, list[str]] = defaultdict(list)
        for code, level, name in rows:
            self._names[code] = name
            if level == len(LEVELS) - 1:
                self._called[_cut(name, _OFFICE)[0]].append(code)

    def names(self, code: str) -> dict[str, str]:
        """The names of a community and of everything above it, by level."""
        return {level: self._names[code[:digits]] for level, digits in zip(LEVELS, (2, 4, 6, 9, 12), strict=True)}

    def full(self, code: str) -> str:
        """A place as a reader of a failure looks for it."""
        return "/".join(self._names[code[:digits]] for digits in (2, 4, 6, 9, 12) if digits <= len(code))

    def fitting(self, drawn: Drawn) -> list[str]:
        """The communities a careful reader would think of: the same name, inside the wider places that are written."""
        plain, ending = _cut(drawn.community, _OFFICE)
        named = [code for code in self._called[plain] if self._lies_in(code, drawn.kept)]
        rural = _is_rural(ending)
        same = [code for code in named if rural is None or _is_rural(_cut(self._names[code], _OFFICE)[1]) == rural]
        return same or named

    def _lies_in(self, code: str, kept: dict[str, str]) -> bool:
        names = self.names(code)
        return all(_same(_cut(names[level], _WIDE[level]), _cut(word, _WIDE[level])) for level, word in kept.items())

    def outcome(self, code: str, drawn: Drawn, found: Sequence[str]) -> str:
        """One of: alone, among, needlessly several, wrong alone, not among, only wider, nothing."""
        communities = [one for one in found if len(one) == 12]
        if not communities:
            return "only wider" if found else "nothing"
        if code in communities:
            if len(found) == 1:
                return "alone"
            return "among" if len(self.fitting(drawn)) > 1 else "needlessly several"
        return "wrong alone" if len(found) == 1 else "not among"


def _same(name: tuple[str, str], written: tuple[str, str]) -> bool:
    if name[0] != written[0]:
        return False
    return not written[1] or _ALIKE.get(name[1], name[1]) == _ALIKE.get(written[1], written[1])
