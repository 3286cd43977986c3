"""Giving codes out and taking them in, each once."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Conflict, Missing, Refusal
from linli.kernel.refs import Ref
from linli.kernel.seals import fingerprint
from linli.kernel.slips.codes import LENGTH, new_code, tidy
from linli.kernel.slips.models import Slip

MOST = 20_000


def _fingerprint(code: str, purpose: str) -> str:
    return fingerprint(f"{purpose}|{code}", purpose="slips")


@transaction.atomic
def issue(
    purpose: str,
    *,
    count: int = 1,
    expires: datetime,
    refs: Sequence[Ref] = (),
    secret: bool = False,
    at: datetime | None = None,
) -> list[str]:
    """Make codes and return them, to be printed now: they cannot be read back.

    With ``refs`` one code a record, in their order; else ``count`` codes. ``secret`` codes belong to nobody, and
    whoever hands them out must not write down to whom. The caller writes the audit row. Raises Refusal.
    """
    moment = at or timezone.now()
    wanted = len(refs) or count
    if secret and refs:
        raise Refusal(_("A secret slip belongs to no record."), code="secret-slip")
    if not 1 <= wanted <= MOST or expires <= moment:
        raise Refusal(_("Issue between 1 and 20,000 slips that expire later than now."), code="no-slips")
    codes: dict[str, None] = {}
    while len(codes) < wanted:
        codes.setdefault(new_code())
    rows = [
        Slip(fingerprint=_fingerprint(code, purpose), purpose=purpose, is_secret=secret, expires=expires)
        for code in codes
    ]
    for row, ref in zip(rows, refs, strict=False):
        row.ref_kind, row.ref_id = ref
    Slip.objects.bulk_create(sorted(rows, key=lambda row: row.fingerprint), batch_size=500)
    return list(codes)


@transaction.atomic
def use(code: str, purpose: str, *, at: datetime | None = None) -> Ref | None:
    """Use a code up, once. Returns the record it was issued for, None for a slip of no record.

    Call it in the transaction of the verb it allows: a verb that is refused leaves the slip unused. Raises
    Missing for a code there is not, Refusal for one that expired, Conflict for one that was used.
    """
    moment = at or timezone.now()
    clean = tidy(code)
    row = Slip.objects.filter(fingerprint=_fingerprint(clean, purpose)).first() if len(clean) == LENGTH else None
    if row is None:
        raise Missing(_("There is no such code. Check the eight characters on the slip."), field="code")
    when = None if row.is_secret else moment
    waiting = Slip.objects.filter(pk=row.pk, is_used=False, expires__gt=moment)
    if not waiting.update(is_used=True, used_at=when):
        raise _spent(row, moment)
    return None if row.ref_id is None else Ref(row.ref_kind, row.ref_id)


def _spent(row: Slip, moment: datetime) -> Refusal:
    """Why a code is good no more."""
    if row.expires <= moment:
        return Refusal(_("This code has expired."), code="expired", field="code")
    return Conflict(_("This code was used already."), code="used", field="code")


def check(code: str, purposes: Sequence[str], *, at: datetime | None = None) -> str:
    """For which of ``purposes`` the code was issued, where it may still be used; nothing is used up.

    Raises as ``use`` does.
    """
    purpose, moment = purpose_of(code, purposes), at or timezone.now()
    row = Slip.objects.get(fingerprint=_fingerprint(tidy(code), purpose))
    if row.is_used or row.expires <= moment:
        raise _spent(row, moment)
    return purpose


def look(code: str, purpose: str, *, at: datetime | None = None) -> Ref:
    """The record a code was issued for, for codes that are looked up again and again; nothing is used up.

    Raises Missing for a code there is not or that belongs to no record, Refusal for one that expired.
    """
    moment, clean = at or timezone.now(), tidy(code)
    row = Slip.objects.filter(fingerprint=_fingerprint(clean, purpose)).first() if len(clean) == LENGTH else None
    if row is None or row.ref_id is None:
        raise Missing(_("There is no such code. Check the eight characters on the slip."), field="code")
    if row.expires <= moment:
        raise Refusal(_("This code has expired."), code="expired", field="code")
    return Ref(row.ref_kind, row.ref_id)


def purpose_of(code: str, purposes: Sequence[str]) -> str:
    """For which of ``purposes`` the code was issued; nothing is used up. Raises Missing where it was for none."""
    clean = tidy(code)
    prints = {_fingerprint(clean, purpose): purpose for purpose in purposes} if len(clean) == LENGTH else {}
    row = Slip.objects.filter(fingerprint__in=list(prints)).first() if prints else None
    if row is None:
        raise Missing(_("There is no such code. Check the eight characters on the slip."), field="code")
    return prints[row.fingerprint]


def left(purpose: str) -> tuple[int, int]:
    """(issued, used) of a purpose: all that may be known of a secret one."""
    rows = Slip.objects.filter(purpose=purpose)
    return rows.count(), rows.filter(is_used=True).count()
