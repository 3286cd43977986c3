"""The figures of surveys a street may choose."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.settings import Declared, declare

SETTINGS = (
    Declared(
        "surveys.asks_a_year", _("Surveys a household may be asked to answer in a year"), int, 2,
        source="为基层减负，不重复打扰居民（按发问计，不按作答计）", grade="K", least=1, most=12, unit="次",
    ),
)  # fmt: skip


def contribute() -> None:
    """Declare them."""
    for setting in SETTINGS:
        declare(setting)
