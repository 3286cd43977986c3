"""A list pasted from the group (接龙) read as people: what is clear goes onto the list, what is not is shown.

1. 张三 13800001111
2、李四 2单元301 13800002222
3 王芳+1            two people: the second is "王芳的同行人"
4. （空）            unclear
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.activities.models import Listing, Occurrence, Signup
from linli.apps.activities.services.places_given import Attendee, sign_up
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Actor

NUMBERED = re.compile(r"^\s*[#＃]?\s*(\d{1,4})\s*[.、,，．)）:：\s]\s*(.*)$")
HEADING = re.compile(r"^\s*#?接龙|^\s*例[:：\s]|^\s*群接龙")
PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)")
PLUS = re.compile(r"[+＋]\s*(\d{1,2})|[（(]?\s*共?\s*(\d{1,2})\s*[人位]\s*[)）]?|(?:一家)?([两二三四五])(?:口|[人位])")
DOOR = re.compile(r"[\w甲乙丙丁-]*\d+\s*(?:号楼|号院|楼|栋|幢|单元|门|室|-)\s*[\d\w单元室门-]*")
HAN = re.compile(r"^[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{2,10})?$")
CUT_SHORT = re.compile(r"(?<!\d)1[3-9]\d{4,}(?!\d)")
HEADS = re.compile(r"[一二两三四五六七八九十][个位口人名]")
COUNTS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
MOST_LINES, MOST_TOGETHER = 1000, 6


@dataclass(frozen=True)
class ChainLine:
    """One line: what was pasted, whom it means, and what is unclear about it ("" when nothing is)."""

    number: int
    text: str
    people: Sequence[Attendee] = ()
    unclear: str | Promise = ""


@dataclass(frozen=True)
class Chain:
    """A pasted list: its lines, and the lines of text before it that were left out (the heading)."""

    lines: Sequence[ChainLine] = field(default_factory=list)

    @property
    def people(self) -> list[Attendee]:
        """Everybody whose line is clear."""
        return [person for line in self.lines if not line.unclear for person in line.people]

    @property
    def unclear(self) -> list[ChainLine]:
        """Lines somebody has to put right."""
        return [line for line in self.lines if line.unclear]


def read_chain(text: str) -> Chain:
    """What a pasted list says. Lines without a number before the first numbered one are its heading.

    Raises Refusal for more than 1,000 lines.
    """
    plain = [unicodedata.normalize("NFKC", line).strip() for line in text.splitlines()]
    rows = [line for line in plain if line and not HEADING.match(line)]
    if len(rows) > MOST_LINES:
        raise Refusal(_("Paste at most 1,000 lines at once."), field="text")
    numbered = [NUMBERED.match(line) for line in rows]
    first = next((index for index, match in enumerate(numbered) if match), 0)
    lines: list[ChainLine] = []
    seen: set[tuple[str, str]] = set()
    for number, (line, match) in enumerate(zip(rows[first:], numbered[first:], strict=True), start=1):
        if any(numbered) and match is None:
            lines.append(ChainLine(number, line, unclear=_("This line has no number: take it off, or number it.")))
            continue
        lines.append(_read(number, line, match.group(2) if match else line, seen))
    return Chain(lines)


def _read(number: int, line: str, rest: str, seen: set[tuple[str, str]]) -> ChainLine:
    phone = PHONE.search(rest)
    bare = rest.replace(phone.group(0), " ") if phone else rest
    count, bare = _count(bare)
    door = DOOR.search(bare)
    bare = bare.replace(door.group(0), " ") if door else bare
    words = [word for word in re.split(r"[\s,，、;；:：|/()（）.+-]+", bare) if word]
    names = [word for word in words if HAN.match(word) and not HEADS.search(word)]
    digits = "".join(sign for sign in phone.group(1) if sign.isdigit()) if phone else ""
    where = "".join(door.group(0).split())[:20] if door else ""
    if len(names) != 1 or len(words) > 2:
        said = _("Which word is the name?") if words else _("There is no name in this line.")
        return ChainLine(number, line, unclear=said)
    if CUT_SHORT.search(bare):
        return ChainLine(number, line, unclear=_("The telephone number is not complete."))
    if count > MOST_TOGETHER:
        return ChainLine(number, line, unclear=_("So many people in one line: is the number right?"))
    key = (names[0], digits[-4:] or where)
    if key in seen:
        return ChainLine(number, line, unclear=_("This person stands in an earlier line."))
    seen.add(key)
    return ChainLine(number, line, tuple(_together(names[0], digits, where, count)))


def _count(text: str) -> tuple[int, str]:
    """(how many people, the text without that): 「王芳+1」 are two, 「2人」 are two."""
    match = PLUS.search(text)
    if match is None:
        return 1, text
    more, whole, word = match.groups()
    count = int(more) + 1 if more else int(whole) if whole else COUNTS[word]
    return max(count, 1), text.replace(match.group(0), " ")


def _together(name: str, phone: str, door: str, count: int) -> list[Attendee]:
    """A person and those who come along, each a row of its own under the same telephone."""
    people = [Attendee(name, phone=phone, door=door)]
    for number in range(1, count):
        nth = "" if count == 2 else str(number)
        people.append(Attendee(f"{name}的同行人{nth}", phone=phone, door=door))
    return people


@dataclass(frozen=True)
class ChainResult:
    """Who came onto the list, who stood there already, and who was refused, why."""

    added: Sequence[Signup]
    already: int
    refused: Sequence[tuple[Attendee, str]]


def take_chain(
    occurrence: Occurrence, *, people: Sequence[Attendee], actor: Actor | None, at: datetime | None = None
) -> ChainResult:
    """Put the people of a pasted list onto that of the date, in their order. Safe to do twice."""
    added: list[Signup] = []
    refused: list[tuple[Attendee, str]] = []
    already = 0
    for person in people:
        try:
            added.append(sign_up(occurrence, attendee=person, listing=Listing.CHAIN, actor=actor, at=at))
        except NotAllowed:
            raise
        except Conflict:
            already += 1
        except Refusal as refusal:
            refused.append((person, str(refusal)))
    return ChainResult(added, already, tuple(refused))
