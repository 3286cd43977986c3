"""Template filters for amounts: ``yuan``, ``wan``, ``capitals``."""

from decimal import Decimal

from django import template

from linli.kernel.money import words

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """Write ¥12,345.00, or nothing for nothing."""
    return "" if amount is None else words.format_yuan(amount)


@register.filter
def wan(amount: Decimal | None) -> str:
    """Write 1.23 万元, or nothing for nothing."""
    return "" if amount is None else words.format_wan(amount)


@register.filter
def capitals(amount: Decimal | None) -> str:
    """The amount in capitals (大写), or nothing for nothing."""
    return "" if amount is None else words.in_capitals(amount)
