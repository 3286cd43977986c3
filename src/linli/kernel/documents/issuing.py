"""Recording back what the office did with a draft: its number, its day, the sealed scan."""

import re
import unicodedata
from datetime import date, datetime
from typing import IO, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel import files
from linli.kernel.audit import Keep, changes, register_action, seen
from linli.kernel.documents.models import IssuedCorrection, IssuedNumber
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.events import record as tell
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, Role, holds

register_action(
    "documents.paper.issue",
    _("recorded the issued paper"),
    keep=Keep.FOR_EVER,
    words={"number": _("number of the paper"), "day": _("issued on"), "unit": _("issued by")},
)
register_action(
    "documents.paper.correct",
    _("put the number of an issued paper right"),
    keep=Keep.FOR_EVER,
    words={"number": _("number of the paper"), "issued_on": _("issued on"), "reason": _("reason")},
)
ISSUERS = (Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER)
may_issue = holds(*ISSUERS)
SCANS = files.Accept("sealed scans", frozenset({*files.IMAGES.types, "application/pdf", "application/ofd"}), 50 * 2**20)
NUMBER = re.compile(r"[一-龥A-Za-z（）()]{1,16}〔(?:19|20)\d{2}〕(?:第)?\d{1,4}(?:号|期)|〔(?:19|20)\d{2}〕第\d{1,4}期")
_BRACKETS = str.maketrans(
    {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "［": "〔", "］": "〕", "﹝": "〔", "﹞": "〕"}
)


def tidy_number(text: str) -> str:
    """清街发〔2026〕12号: brackets of one kind, no blanks, plain digits. Raises Refusal for what is no such number."""
    plain = "".join(unicodedata.normalize("NFKC", text.translate(_BRACKETS)).split())
    if not NUMBER.fullmatch(plain):
        raise Refusal(
            _("Write the number as it stands on the paper, such as 清街发〔2026〕12号."),
            field="number",
            code="no-number",
        )
    return plain


def record_issue(
    record: Any,
    *,
    paper: str,
    unit: str,
    number: str,
    issued_on: date,
    scan: IO[bytes],
    actor: Actor,
    at: datetime | None = None,
) -> IssuedNumber:
    """The paper ``paper`` of ``record`` was issued: its number, its day, the scan with its seal (PDF, OFD, picture).

    Whoever may see the record may open the scan. Raises NotAllowed, Refusal, and Conflict where the paper has a
    number already, or the unit gave this number to another paper.
    """
    when, tidied = at or timezone.now(), tidy_number(number)
    if not may_issue(actor, record):
        raise NotAllowed(_("Only the secretary or an officer records an issued paper."))
    if issued_on > timezone.localdate(when):
        raise Refusal(_("The paper cannot have been issued after today."), field="issued_on")
    ref = ref_of(record)
    stored = files.keep(scan, accept=SCANS, owner=ref, actor=actor, at=when)
    try:
        with transaction.atomic():
            row = IssuedNumber.objects.create(
                kind=ref.kind, ref_id=ref.id, paper=paper, unit=unit, number=tidied, issued_on=issued_on, scan=stored,
                recorded_by=actor.actor_id, recorded_at=when,
            )  # fmt: skip
            facts = {"number": tidied, "day": issued_on, "unit": unit, "sha256": stored.sha256}
            tell("documents.paper.issue", record, actor=actor, facts=facts, at=when)
    except IntegrityError:
        files.forget(stored.pk)
        raise _taken(ref, paper, tidied) from None
    return row


def correct_issue(
    record: Any,
    row: IssuedNumber,
    *,
    number: str,
    issued_on: date,
    reason: str,
    actor: Actor,
    at: datetime | None = None,
) -> IssuedCorrection:
    """Put a mistyped number or day right; how it stood is kept with the reason. Raises NotAllowed, Refusal, Conflict.

    The scan stays: another scan is another paper.
    """
    when, tidied, why = at or timezone.now(), tidy_number(number), " ".join(reason.split())
    if not may_issue(actor, record):
        raise NotAllowed(_("Only the secretary or an officer records an issued paper."))
    if issued_on > timezone.localdate(when):
        raise Refusal(_("The paper cannot have been issued after today."), field="issued_on")
    if not why:
        raise Refusal(_("Say why the number was wrong."), field="reason")
    before = seen(row, ("number", "issued_on"))
    if (tidied, issued_on) == (row.number, row.issued_on):
        raise Refusal(_("This is what stands there already."), field="number")
    try:
        with transaction.atomic():
            kept = IssuedCorrection.objects.create(
                issued=row, number=row.number, issued_on=row.issued_on, reason=why[:200],
                corrected_by=actor.actor_id, corrected_at=when,
            )  # fmt: skip
            unchanged = IssuedNumber.objects.filter(pk=row.pk, number=row.number, issued_on=row.issued_on)
            if not unchanged.update(number=tidied, issued_on=issued_on):
                raise Conflict(_("Somebody put it right at the same moment. Load the page again."))
            row.refresh_from_db()
            facts = {**changes(before, seen(row, ("number", "issued_on"))), "reason": why}
            tell("documents.paper.correct", record, actor=actor, facts=facts, at=when)
    except IntegrityError:
        raise _taken(row.ref, "", tidied) from None
    return kept


def issued_with_corrections(record: Any) -> list[IssuedNumber]:
    """The issued papers of a record with their scans and what was corrected. Two queries."""
    ref = ref_of(record)
    rows = IssuedNumber.objects.filter(kind=ref.kind, ref_id=ref.id).select_related("scan")
    return list(rows.prefetch_related("corrections"))


def _taken(ref: Any, paper: str, number: str) -> Conflict:
    known = IssuedNumber.objects.filter(kind=ref.kind, ref_id=ref.id, paper=paper).first()
    if known is not None:
        return Conflict(_("This paper was issued already as %(number)s.") % {"number": known.number})
    return Conflict(
        _("The number %(number)s was given to another paper. Compare it with the scan.") % {"number": number}
    )


def issued(record: Any, paper: str = "") -> list[IssuedNumber]:
    """The issued papers of a record, with their scans; of one ``paper`` where it is named. One query."""
    ref = ref_of(record)
    rows = IssuedNumber.objects.filter(kind=ref.kind, ref_id=ref.id).select_related("scan")
    return list(rows.filter(paper=paper) if paper else rows)
