"""Amounts as people read them: ¥12,345.00, in 万元, and in the capitals of official papers."""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
TOO_LARGE = 10**16


def format_yuan(amount: Decimal) -> str:
    """Write ¥12,345.00, or -¥12,345.00. Rounds nothing: ValueError for more than two decimals."""
    if amount != amount.quantize(Decimal("0.01")):
        message = f"more than two decimals: {amount}"
        raise ValueError(message)
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{abs(amount):,.2f}"


def format_wan(amount: Decimal, *, decimals: int = 2) -> str:
    """Write 1.23 万元, rounded half up; for headings and charts, never for a paper that is signed."""
    step = Decimal(1).scaleb(-decimals)
    wan = (amount / 10_000).quantize(step, rounding=ROUND_HALF_UP)
    return f"{wan:,.{decimals}f} 万元"


def _below_ten_thousand(number: int) -> str:
    text, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(text)
            continue
        text += (DIGITS[0] if gap else "") + DIGITS[digit] + PLACES[place]
        gap = False
    return text


def _whole(number: int) -> str:
    """A whole number above zero: split at 亿, then at 万; 零 where a lower part does not fill its places."""
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            rest = number % size
            gap = DIGITS[0] if 0 < rest < size // 10 else ""
            return _whole(number // size) + name + gap + (_whole(rest) if rest else "")
    return _below_ten_thousand(number)


def in_capitals(amount: Decimal) -> str:
    """The amount in capitals (大写), as written on contracts and vouchers: 壹仟肆佰零玖元伍角整.

    Follows the rules for filling in bills annexed to 支付结算办法 (银发〔1997〕393号): 整 after 元 and 角,
    none after 分; 零 where 角 is empty and 分 is not; 壹 before a leading 拾. Where that text allows two
    forms, the one without the optional 零 is taken. Raises ValueError for more than two decimals and from
    one 亿亿 upwards.
    """
    if amount != amount.quantize(Decimal("0.01")) or abs(amount) >= TOO_LARGE:
        message = f"cannot be written in capitals: {amount}"
        raise ValueError(message)
    total = int(abs(amount).scaleb(2))
    whole, jiao, cents = total // 100, total // 10 % 10, total % 10
    if total == 0:
        return "零元整"
    text = "负" if amount < 0 else ""
    text += _whole(whole) + "元" if whole else ""
    if jiao:
        text += DIGITS[jiao] + "角"
    elif cents and whole:
        text += DIGITS[0]
    return text + (DIGITS[cents] + "分" if cents else "整")
