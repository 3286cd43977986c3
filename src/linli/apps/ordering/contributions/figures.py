"""The lines between the ways of giving a sheet; a street may choose others."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, declare

RULE = "街道制单承单办法，由街道确认"
SETTINGS = (
    Declared(
        "ordering.direct_most", _("Price ceiling up to which a sheet is claimed directly"), Decimal, Decimal(5000),
        source=RULE, grade="K", least=Decimal(0), most=Decimal(100_000), unit="元",
    ),
    Declared(
        "ordering.quotes_most", _("Price ceiling up to which quotes are enough"), Decimal, Decimal(50_000),
        source=RULE, grade="K", least=Decimal(0), most=Decimal(1_000_000), unit="元",
    ),
    Declared(
        "ordering.open_most", _("Price ceiling above which it is bought outside this house"), Decimal,
        Decimal(1_000_000), source="政府采购限额标准，由街道按当地标准确认", grade="K", least=Decimal(0),
        most=Decimal(10_000_000), unit="元",
    ),
    Declared("ordering.quotes_least", _("Fewest quotes"), int, 3, source=RULE, grade="K", least=2, most=9, unit="家"),
    Declared("ordering.method_document", _("Document the ways of giving a sheet stand in"), str, RULE, source=RULE,
             grade="K"),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
