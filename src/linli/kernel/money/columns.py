"""The column of an amount: ``Decimal`` yuan in Python, whole fen as a 64-bit integer in the database."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.kernel.money.amounts import InexactAmount, fen, from_fen, yuan

if TYPE_CHECKING:
    Whole = models.BigIntegerField[Decimal | int | str, Decimal]
else:
    Whole = models.BigIntegerField


class MoneyField(Whole):
    """An amount in yuan, kept as whole fen, so that sums and comparisons in SQL are exact.

    Floats and more than two decimals are refused: ValidationError when cleaned, InexactAmount when saved.
    ``Sum("amount")`` gives yuan as well. In arithmetic beside ``F("amount")`` an amount must be wrapped:
    ``Value(Decimal("1.00"), output_field=MoneyField())``.
    """

    description = _("Amount of money")
    default_error_messages = {"invalid": _("Enter an amount in yuan with at most two decimals.")}
    validators: list[Any] = []

    def to_python(self, value: Any) -> Decimal | None:
        """The amount of a raw value. Raises ValidationError."""
        if value is None:
            return None
        try:
            return yuan(value)
        except InexactAmount:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def get_prep_value(self, value: Any) -> int | None:
        """Whole fen for the database. Raises InexactAmount."""
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]  # an expression is passed through untouched
        return fen(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        """Yuan with two decimals, for a column and for a sum of it."""
        return None if value is None else from_fen(value)

    def value_to_string(self, obj: models.Model) -> str:
        """The amount as text, for export."""
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        """A :class:`MoneyFormField`."""
        from linli.kernel.money.entry import MoneyFormField

        return models.Field.formfield(self, **{"form_class": MoneyFormField, **kwargs})
