"""What an agreement says, as the fields of its paper; and the seal over it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from linli.apps.agreements.models import Agreement, AgreementParty, Mode, Side

FIELDS = frozenset(
    (
        *("number", "title", "content", "amount", "mode", "reimburse", "begins_on", "ends_on", "date", "street"),
        *(f"{side}_{part}" for side in ("first", "second", "third") for part in ("name", "code", "role")),
        *("has_third", "has_indicators", "copies"),
        *(f"parts.{name}" for name in ("number", "share", "amount", "condition")),
        *(f"indicators.{name}" for name in ("number", "name", "target", "unit", "due")),
        *(f"clauses.{name}" for name in ("number", "title", "text")),
    )
)
"""The fields a street's template may use."""

SAMPLE: Mapping[str, Any] = {
    **dict.fromkeys(("number", "title", "content", "mode", "street"), "样本"),
    **{f"{side}_{part}": "样本" for side in ("first", "second", "third") for part in ("name", "code", "role")},
    **dict.fromkeys(("begins_on", "ends_on", "date"), date(2026, 1, 5)),
    **dict.fromkeys(("reimburse", "has_third", "has_indicators"), True),
    "amount": Decimal("80000.00"),
    "copies": 3,
    "parts": [{"number": 1, "share": "100", "amount": Decimal("80000.00"), "condition": "样本"}],
    "indicators": [{"number": 1, "name": "样本", "target": "1", "unit": "场", "due": "2026年1月5日"}],
    "clauses": [{"number": 1, "title": "样本", "text": "样本"}],
}
"""Data a template is tried with before it is taken."""


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def told(agreement: Agreement) -> dict[str, Any]:
    """Everything the paper says. Four queries."""
    parties = {party.side: party for party in agreement.parties.all()}
    third = parties.get(Side.THIRD)
    return {
        "number": agreement.number,
        "title": agreement.title,
        "street": agreement.street.name,
        "content": agreement.content,
        "amount": agreement.amount,
        "mode": "报账制" if agreement.mode == Mode.REIMBURSE else "拨付制",
        "reimburse": agreement.mode == Mode.REIMBURSE,
        "begins_on": agreement.begins_on,
        "ends_on": agreement.ends_on,
        "date": timezone.localdate(agreement.drawn_up_at),
        "has_third": third is not None,
        "copies": len(parties),
        **_party("first", parties.get(Side.FIRST)),
        **_party("second", parties.get(Side.SECOND)),
        **_party("third", third),
        "parts": [
            {"number": part.number, "share": f"{part.share.normalize():f}", "amount": part.amount,
             "condition": part.condition}
            for part in agreement.parts.all()
        ],
        "indicators": [
            {"number": row.number, "name": row.name, "target": row.target, "unit": row.unit, "due": _day(row.due)}
            for row in agreement.indicators.all()
        ],
        "has_indicators": agreement.indicators.exists(),
        "clauses": [{"number": row.number, "title": row.title, "text": row.text} for row in agreement.clauses.all()],
    }  # fmt: skip


def _party(word: str, party: AgreementParty | None) -> dict[str, str]:
    name, code, role = (party.name, party.credit_code, party.role) if party else ("", "", "")
    return {f"{word}_name": name, f"{word}_code": code, f"{word}_role": role}


def hash_of(agreement: Agreement) -> str:
    """SHA-256 over everything the paper says: what is signed is what was reviewed."""
    said = json.dumps(told(agreement), ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()
