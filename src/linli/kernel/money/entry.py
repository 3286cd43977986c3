"""The form field of an amount: takes what people type and paste, gives ``Decimal`` yuan."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.kernel.money.amounts import MOST

PUNCTUATION = str.maketrans(
    {"¥": "", "\uffe5": "", ",": "", "\uff0c": "", " ": "", "\u3000": "", "元": "", "\uff0e": "."}
)


class MoneyFormField(forms.DecimalField):
    """An amount in yuan with at most two decimals; "¥12,345.00", full-width digits and 元 are understood."""

    default_error_messages = {
        "invalid": _("Enter an amount in yuan with at most two decimals."),
        "max_decimal_places": _("Enter an amount in yuan with at most two decimals."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_value", MOST)
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}))
        super().__init__(decimal_places=2, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # the stubs derive DecimalField from IntegerField
        """The amount with two decimals, or None for nothing. Raises ValidationError."""
        if isinstance(value, str):
            value = value.translate(PUNCTUATION)
        return super().to_python(value)

    def clean(self, value: Any) -> Decimal | None:
        """As :meth:`to_python`, checked, with exactly two decimals."""
        amount: Decimal | None = super().clean(value)
        return amount if amount is None else amount.quantize(Decimal("0.01"))
