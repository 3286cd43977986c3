"""The names of what is done to needs, as their histories tell it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action

NUMBER, UNIT, REASON = _("number"), _("unit"), _("reason")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("need.receive", _("wrote the need down"), {"number": NUMBER, "channel": _("how it came in"), "unit": UNIT}),
)


def contribute() -> None:
    """Register them."""
    for name, title, words in ACTIONS:
        register_action(f"needs.{name}", title, words=words)
