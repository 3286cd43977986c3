"""Fills a ledger with invented invoices, then asks where some of them stand."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from time import perf_counter, process_time
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.apps.ledger import queries, services
from linli.apps.ledger.models import Expenditure, Voucher, VoucherShare
from linli.apps.people.models import User
from linli.apps.people.services import give_post
from linli.apps.places.models import Level, Place
from linli.apps.places.services import found
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Role

BATCH = 5_000
ROUNDS = 20
FIRST = date(2020, 1, 1)


def measured(count: int) -> dict[str, Any]:
    """How many vouchers, seconds to fill them in, and of each look: queries, milliseconds, how many were found."""
    began = perf_counter()
    officer = _fill(count)
    officer.roles()
    filling = perf_counter() - began
    looks = {
        "number": ([_number(count // 3)], []),
        "file": (["0" * 20], [_hash(count // 2)]),
        "new": (["9" * 20], ["f" * 64]),
        "fifty": ([_number(one) for one in range(50)], []),
    }
    told = {name: _look(keys, hashes, officer) for name, (keys, hashes) in looks.items()}
    return {"vouchers": Voucher.objects.count(), "filling": filling, "looks": told}


def _number(at: int) -> str:
    return f"2611{at:016d}"


def _hash(at: int) -> str:
    return f"{at:064x}"


def _fill(count: int) -> User:
    """The officer who asks."""
    columns: dict[str, Any] = {"valid_from": FIRST, "actor": None}
    district = found(code="990101000000", name="和安区", level=Level.DISTRICT, parent=None, **columns)
    street = found(code="990101001000", name="清河里街道", level=Level.STREET, parent=district, **columns)
    officer = User.objects.create_user("bench", name="赵明")
    give_post(user=officer, role=Role.FINANCE_OFFICER, place=street, started_on=FIRST, actor=None)
    fund = services.open_fund(
        street=street, code="创投26", name="公益创投专项资金", year=2026, source="venture", amount=Decimal(100_000_000),
        document="清财〔2026〕3号", actor=None,
    )  # fmt: skip
    about = Ref("places.place", new_key())
    row = services.commit(
        fund=fund, subject=about, grounds=about, amount=Decimal(10_000_000), title="银龄助餐", actor=None
    )
    spent = services.draft_expenditure(
        row, kind="goods", amount=Decimal(100), purpose="餐具", payee="商行", spent_on=date(2026, 3, 2), actor=None
    )
    rows = _vouchers(street, count)
    while batch := list(islice(rows, BATCH)):
        Voucher.objects.bulk_create(batch)
        VoucherShare.objects.bulk_create(_share(one, spent) for one in batch)
    return officer


def _vouchers(street: Place, count: int) -> Iterator[Voucher]:
    now = timezone.now()
    for at in range(count):
        yield Voucher(
            street=street, key=_number(at), number=_number(at), amount=Decimal(100), sha256=_hash(at), entered_at=now,
            issued_on=FIRST + timedelta(days=at % 2_000),
        )  # fmt: skip


def _share(voucher: Voucher, expenditure: Expenditure) -> VoucherShare:
    return VoucherShare(voucher=voucher, expenditure=expenditure, amount=voucher.amount)


def _look(keys: list[str], hashes: list[str], actor: User) -> dict[str, Any]:
    with CaptureQueriesContext(connection) as asked:
        told = queries.vouchers_alike(keys, hashes, actor=actor)
    began = process_time()
    for _ in range(ROUNDS):
        queries.vouchers_alike(keys, hashes, actor=actor)
    spent = (process_time() - began) * 1000 / ROUNDS
    return {"queries": len(asked), "milliseconds": spent, "found": len(told)}
