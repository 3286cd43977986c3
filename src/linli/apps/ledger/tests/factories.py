"""Funds and commitments for tests, made through the verbs."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import count
from typing import Any

from linli.apps.ledger import services
from linli.apps.ledger.models import Commitment, Fund, Instalment
from linli.apps.ledger.services import Part
from linli.apps.places.models import Place
from linli.kernel.refs import Ref, new_key

_numbers = count(101)


def yuan(text: str | int) -> Decimal:
    """An amount, short to write."""
    return Decimal(text).quantize(Decimal("0.01"))


def a_subject() -> Ref:
    """Something money may be for."""
    return Ref("places.place", new_key())


def make_fund(street: Place, amount: str | int = 100_000, **columns: Any) -> Fund:
    given = {"code": f"创投{next(_numbers)}", "name": "公益创投专项资金", "year": 2026, "source": "venture", **columns}
    return services.open_fund(street=street, amount=yuan(amount), document="清财〔2026〕3号", actor=None, **given)


def make_commitment(fund: Fund, amount: str | int = 10_000, **given: Any) -> Commitment:
    subject, grounds = given.pop("subject", a_subject()), given.pop("grounds", a_subject())
    title = given.pop("title", "银龄助餐")
    return services.commit(
        fund=fund, subject=subject, grounds=grounds, amount=yuan(amount), title=title, actor=None, **given
    )


def make_plan(commitment: Commitment, shares: Sequence[int | str] = (50, 40, 10)) -> list[Instalment]:
    parts = [Part(Decimal(share), f"第{number}期拨付条件") for number, share in enumerate(shares, start=1)]
    return services.plan_instalments(commitment, parts=parts, actor=None)
