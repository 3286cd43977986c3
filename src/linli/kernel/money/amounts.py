"""Exact amounts: what counts as one, how a total is shared out, how a limit is refused."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from django.utils.translation import gettext as _

from linli.kernel.errors import Refusal
from linli.kernel.money.words import format_yuan

CENT = Decimal("0.01")
MOST = Decimal("92233720368547758.07")
"""The largest amount a column holds: 2**63 - 1 fen."""


class InexactAmount(ValueError):  # reads as the sentence it is, like the refusals
    """The value is no amount of whole fen (a float, more than two decimals, not a number, too large)."""


def yuan(value: Decimal | int | str) -> Decimal:
    """``value`` in yuan with exactly two decimals. Raises InexactAmount; a float is never an amount."""
    if isinstance(value, bool) or not isinstance(value, Decimal | int | str):
        raise InexactAmount(f"not an exact amount: {value!r}")
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise InexactAmount(f"not a number: {value!r}") from None
    if not amount.is_finite() or abs(amount) > MOST:
        raise InexactAmount(f"not an amount a column can hold: {value!r}")
    exact = amount.quantize(CENT)
    if exact != amount:
        raise InexactAmount(f"more than two decimals: {value!r}")
    return exact + 0  # a negative zero becomes zero


def fen(amount: Decimal | int | str) -> int:
    """The whole fen of an amount in yuan. Raises InexactAmount."""
    return int(yuan(amount).scaleb(2))


def from_fen(count: int | Decimal) -> Decimal:
    """The yuan of whole fen, with two decimals. Raises InexactAmount for a broken fen."""
    whole = Decimal(count)
    if whole != whole.to_integral_value():
        raise InexactAmount(f"a broken fen: {count!r}")
    return whole.scaleb(-2).quantize(CENT)


def largest_remainder(total: Decimal | int | str, weights: Sequence[Decimal | int]) -> list[Decimal]:
    """Share ``total`` yuan in proportion to ``weights`` so that the parts sum to it exactly.

    Each part gets its whole fen; the fen left over go to the largest remainders, among equals to the earlier
    (Hamilton's method). Raises ValueError for a negative total or weight, for a float weight, and where all
    weights are zero.
    """
    whole = fen(total)
    if any(isinstance(weight, float) for weight in weights):
        message = "weights must be exact"
        raise ValueError(message)
    shares = [Fraction(weight) for weight in weights]
    if whole < 0 or any(share < 0 for share in shares) or sum(shares) == 0:
        message = "a total and weights from zero upwards are needed, at least one weight above zero"
        raise ValueError(message)
    exact = [whole * share / sum(shares) for share in shares]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: whole - sum(parts)]:
        parts[index] += 1
    return [from_fen(part) for part in parts]


def require_within(*, limit: Decimal, used: Decimal | None, adding: Decimal) -> None:
    """Refuse ``adding`` where it would pass ``limit``; exactly used is allowed. ``used`` None counts as zero.

    Call it inside :func:`locked`, with ``used`` summed there. Raises Refusal.
    """
    spent = used if used is not None else Decimal(0)
    if spent + adding > limit:
        sentence = _("%(left)s of %(limit)s is left; %(adding)s was asked for.") % {
            "left": format_yuan(yuan(limit - spent)),
            "limit": format_yuan(yuan(limit)),
            "adding": format_yuan(yuan(adding)),
        }
        raise Refusal(sentence, code="above-limit")
