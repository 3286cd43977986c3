"""The table of a roster: a hundred thousand residents in one go, numbers sealed before anything is staged."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_noop

from linli.algorithms import personal_names as names
from linli.apps.people.models import DocumentKind, Person, Source
from linli.apps.people.queries.matching import door_of, doors, holders_of, namesakes, roster_communities
from linli.apps.people.services.documents import check_document
from linli.apps.people.services.persons import tidy_name
from linli.apps.people.services.taking_over import hold_known, take_over_same
from linli.apps.people.tables.likeness import likely
from linli.apps.people.tables.sealing import FIELDS, Known, seal_row, stored_values
from linli.kernel.errors import Refusal
from linli.kernel.privacy import tidy_phone
from linli.kernel.refs import new_key
from linli.kernel.tables import Column, Into, Problem, Sheet, Type, add_reason

KINDS = (
    (DocumentKind.RESIDENT, "居民身份证"),
    (DocumentKind.OLD_RESIDENT, "旧身份证（15位）"),
    (DocumentKind.HONG_KONG_MACAO, "港澳通行证"),
    (DocumentKind.TAIWAN, "台湾通行证"),
    (DocumentKind.REGIONAL_RESIDENCE, "港澳台居住证"),
    (DocumentKind.FOREIGN_RESIDENCE, "外国人永久居留证"),
    (DocumentKind.PASSPORT, "护照"),
    (DocumentKind.BIRTH, "出生证"),
)

for code, sentence in (
    ("name-empty", gettext_noop("must be filled in")),
    ("name-long", gettext_noop("has more than 120 characters")),
    ("name-private", gettext_noop("holds %(point)s, a private character; choose the one of GB 18030-2022")),
    ("name-described", gettext_noop("describes a character by its parts; write the character itself")),
    ("name-stand-in", gettext_noop("holds “%(character)s” in place of a character; write the character itself")),
    ("name-foreign", gettext_noop("holds “%(character)s”, which is no part of a name")),
    ("not-a-document", gettext_noop("is no document number")),
    ("not-an-id-number", gettext_noop("is not a valid identity number; compare all its digits with the card")),
    ("not-of-this-document", gettext_noop("is not a number of this kind of document")),
    ("birth-contradicts", gettext_noop("is not the date in the document number")),
    ("not-a-phone", gettext_noop("is not a telephone number")),
    ("birth-to-come", gettext_noop("lies in the future")),
    ("community-unknown", gettext_noop("is not a community whose roster you keep; write its name or code")),
    ("door-unknown", gettext_noop("is no door here; import the buildings and households first")),
    ("document-elsewhere", gettext_noop("is the number of somebody on the roster of %(community)s; ask there")),
):
    add_reason(code, sentence)


def review(rows: Sequence[dict[str, Any]], *, actor: Any) -> list[list[Problem]]:
    """Check each row, find its person, seal its numbers. At most five queries."""
    kept = list(roster_communities(actor))
    by_word = {word: place for place in reversed(kept) for word in (place.code, place.name, place.label)}
    problems = [_tidy(row, by_word) for row in rows]
    _find_doors(rows, problems)
    good = [row for row, found in zip(rows, problems, strict=True) if not found]
    _find_persons(good, [place.pk for place in kept])
    for row, found in zip(rows, problems, strict=True):
        if row.get("elsewhere"):
            found.append(Problem("id_number", "document-elsewhere", {"community": row["elsewhere"]}))
        elif not found:
            seal_row(row, today=timezone.localdate())
    return problems


def _tidy(row: dict[str, Any], communities: Mapping[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    place = communities.get(row["community"])
    if place is None:
        found.append(Problem("community", "community-unknown"))
    row["community_uuid"] = str(place.pk) if place else ""
    row["name"] = _try(found, "name", row["name"], tidy_name)
    for column in ("phone", "landline"):
        row[f"{column}_plain"] = _try(found, column, row.get(column) or "", tidy_phone)
    _tidy_document(row, found)
    return found


def _try(found: list[Problem], column: str, text: str, tidy: Callable[[str], str]) -> str:
    try:
        return tidy(text) if text or column == "name" else ""
    except Refusal as no:
        flaw = names.flaw_of(names.tidy(text)) if column == "name" else None
        facts = {"character": flaw.character, "point": flaw.point} if flaw else {}
        found.append(Problem(column, no.code, facts))
        return text


def _tidy_document(row: dict[str, Any], found: list[Problem]) -> None:
    born = date.fromisoformat(row["born_on"]) if row.get("born_on") else None
    if born is not None and born > timezone.localdate():
        found.append(Problem("born_on", "birth-to-come"))
    row["kind_kept"], row["number_plain"] = "", ""
    try:
        kind, number, born = check_document(row.get("id_kind") or "", row.get("id_number") or "", born)
        row["kind_kept"], row["number_plain"] = kind, number
    except Refusal as no:
        found.append(Problem(no.field or "id_number", no.code))
    row["born_on"] = born.isoformat() if born else None


def _find_doors(rows: Sequence[dict[str, Any]], problems: Sequence[list[Problem]]) -> None:
    asked = {
        index: door_of(
            row["community_uuid"],
            row.get("estate") or "",
            row["building"],
            row.get("stairwell") or "",
            row.get("room") or "",
        )
        for index, row in enumerate(rows)
        if row.get("building") and row["community_uuid"]
    }
    there = {(str(door[0]), *door[1:]): home for door, home in doors(_as_keys(asked.values())).items()}
    for index, row in enumerate(rows):
        home = there.get(asked[index]) if index in asked else None
        if index in asked and home is None:
            problems[index].append(Problem("building", "door-unknown"))
        row["household_id"] = home.pk.hex if home else None
        row["building_id"] = home.building_id.hex if home else None


def _as_keys(wanted: Any) -> list[Any]:
    return [(UUID(door[0]), *door[1:]) for door in wanted]


def _find_persons(rows: Sequence[dict[str, Any]], communities: Sequence[Any]) -> None:
    """Whom each row is about: by document number and name, else by name, birth and household; else somebody new."""
    Known.fingerprint(rows)
    holders = holders_of({row["id_print"] for row in rows if row["id_print"]})
    for row in rows:
        row.update(vars(names.keys_of(row["name"])))
    same_name = namesakes([(row["name_key"], row["born_on"]) for row in rows if not row["id_print"]], communities)
    for row in rows:
        holder = holders.get(row["id_print"] or "")
        if holder is not None and holder.community_id not in communities:
            row["elsewhere"] = holder.community.name
            continue
        row["known"] = _known(row, holder, same_name.get(row["name_key"], []))
        row["pk"] = row["known"].pk.hex if row["known"] else new_key().hex
        row["who"] = row["pk"] if row["known"] else _who(row)


def _known(row: dict[str, Any], holder: Person | None, same_name: Sequence[Person]) -> Person | None:
    if row["id_print"]:
        return holder if holder is not None and holder.name_key == row["name_key"] else None
    return next((person for person in same_name if _is_nobody_else(row, person)), None)


def _is_nobody_else(row: dict[str, Any], person: Person) -> bool:
    """Name, birth and household agree; without a household the row must know nothing that the person lacks."""
    home = person.household_id.hex if person.household_id else None
    born = person.born_on.isoformat() if person.born_on else None
    written = (row["name"], row["born_on"], row["household_id"], row["community_uuid"])
    if written != (person.name, born, home, str(person.community_id)):
        return False
    phones = {"", person.phone_print, person.landline_print}
    return bool(home) or (bool(born) and {row["phone_print"], row["landline_print"]} <= phones)


def _who(row: dict[str, Any]) -> str:
    """What tells a new person from the others of the file."""
    if row["id_print"]:
        return f"document {row['id_print']}"
    parts = (row["name"], row["born_on"], row["household_id"], row["community_uuid"], row["phone_print"])
    return "|".join(str(part or "") for part in parts)


def existing(keys: Sequence[tuple[Any, ...]], *, actor: Any) -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """The persons found by the review, as the values that a row is compared with. One query."""
    known = [key[0] for key in keys if len(key[0]) == 32 and key[0].isalnum()]
    return {(row.pk.hex,): stored_values(row) for row in Person.objects.filter(pk__in=known)}


def _constants(actor: Any) -> dict[str, Any]:
    now = timezone.now()
    return {"source": Source.ROSTER, "added_at": now, "changed_at": now}


ROSTER_SHEET = Sheet(
    name="people.roster",
    title="居民名册",
    columns=(
        Column("name", "姓名", required=True, max_length=120, note="照证件写；分隔号写“·”", example="买买提·艾力"),
        Column("id_kind", "证件类型", Type.CHOICE, synonyms=("证件种类",), choices=KINDS, note="可不填，按号码判断"),
        Column(
            "id_number", "证件号码", synonyms=("身份证号", "身份证号码", "证件号"), max_length=30, note="设为文本格式"
        ),
        Column("born_on", "出生日期", Type.DATE, synonyms=("生日", "出生年月日"), example="1951-03-08"),
        Column("phone", "手机", synonyms=("手机号", "手机号码", "联系电话", "电话"), max_length=30, note="没有可不填"),
        Column("landline", "座机", synonyms=("固定电话", "固话"), max_length=30, example="010-62880011"),
        Column("community", "社区", synonyms=("社区编码", "所属社区", "社区名称"), required=True, max_length=80),
        Column("estate", "小区", synonyms=("所在小区",), max_length=80),
        Column("building", "楼栋", synonyms=("楼号",), max_length=40, example="2号楼"),
        Column("stairwell", "单元", synonyms=("单元号", "楼门"), max_length=12, example="3"),
        Column("room", "门牌", synonyms=("房号", "门牌号", "户号"), max_length=20, example="501"),
        Column("relation", "与户主关系", synonyms=("户主关系",), max_length=20, note="可不填"),
    ),
    key=("who",),
    into=Into(model=lambda: Person, fields=FIELDS, constants=_constants, pk="pk"),
    review=review,
    existing=existing,
    likely=likely,
    before=hold_known,
    same=take_over_same,
    formulas=False,
    known_by="证件号码，没有证件号码的按姓名、出生日期和住处",
)
