"""A list of codes and names as people paste or upload it: one place a line, in the columns of the national list."""

import re
from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from linli.apps.places.models import Level
from linli.apps.places.queries import codes
from linli.apps.places.services.taking_over import Entry
from linli.kernel.errors import Refusal

LINE = re.compile(r"\s*[\"']?(\d+)[\"']?\s*[,，;；、\t ]\s*[\"']?(.+?)[\"']?\s*")
BEHIND = re.compile(r"[\"']?[,\t]")
"""Further columns of a longer list."""
MOST = 5_000
LENGTHS = (6, 9, 12)
LARGEST = 40_000_000
"""Bytes of a file: the national list of all communities is half of it."""


def whole(code: str) -> str:
    """A code of 6, 9 or 12 digits, written with its 12. Raises Refusal."""
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in LENGTHS):
        raise Refusal(_("“%(code)s” is no code of 6, 9 or 12 digits.") % {"code": digits[:40]}, field="code")
    return digits.ljust(12, "0")


def text_of(body: bytes) -> str:
    """The text of an uploaded list, UTF-8 or GB 18030. Raises Refusal."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(_("This file is no text. Save the list as CSV and choose it again."), field="file")


def lines_within(text: str, head: str) -> list[str]:
    """Of a longer list (a province, the whole country) the lines of one district, as "code name"."""
    found = (LINE.fullmatch(line) for line in text.splitlines() if head in line)
    return [f"{one[1]} {BEHIND.split(one[2])[0].strip()}" for one in found if one and one[1].startswith(head)]


def entries_of(text: str, *, district: str, name: str, region: str, day: date) -> list[Entry]:
    """The district and the places of its list, which begin on ``day``. Refuses a line that is none, naming it."""
    top = whole(district)
    if top[6:].strip("0"):
        raise Refusal(_("The code of a district has 6 digits, or 12 that end in zeros."), field="code")
    found = {top: Entry(code=top, name=name.strip(), level=Level.DISTRICT, valid_from=day, region=region.strip())}
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > MOST:
        raise Refusal(_("More than 5,000 lines: give the lines of one district."), field="places")
    for number, line in lines:
        entry = _entry(number, line, top[:6], day)
        if entry.code in found and found[entry.code].level != Level.DISTRICT:
            raise Refusal(
                _("Line %(number)s: the code %(code)s stands here twice.") % {"number": number, "code": entry.code},
                field="places",
            )
        found.setdefault(entry.code, entry)
    return _with_parents(list(found.values()))


def _entry(number: int, line: str, head: str, day: date) -> Entry:
    read = LINE.fullmatch(line)
    words = {"number": number, "line": line.strip()[:60]}
    if read is None or len(read[1]) not in LENGTHS:
        raise Refusal(
            _("Line %(number)s, “%(line)s”: write a code of 9 or 12 digits, a space and the name.") % words,
            field="places",
        )
    code = whole(read[1])
    level = codes.level_of(code)
    if not code.startswith(head) or level is None:
        raise Refusal(
            _("Line %(number)s, “%(line)s”: the code does not begin with %(head)s, the code of the district.")
            % {**words, "head": head},
            field="places",
        )
    return Entry(code=code, name=read[2].strip(), level=level, valid_from=day)


def _with_parents(entries: Sequence[Entry]) -> list[Entry]:
    """The same, once each community has its street in the list. Refuses one without."""
    known = {entry.code for entry in entries}
    for entry in entries:
        above = list(codes.parents_of(entry.code, entry.level))
        if above and not known & set(above):
            raise Refusal(
                _("%(name)s has no street in the list: add a line for %(code)s.")
                % {"name": entry.name, "code": above[0]},
                field="places",
            )
    return list(entries)
