"""Declaring a setting: what it is, between which limits, where the figure comes from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import IntEnum
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal


class Level(IntEnum):
    """Where a value may be chosen; the highest number wins."""

    INSTALLATION = 0
    STREET = 1
    RECORD = 2
    """A programme or a round."""


class _MustChoose:
    def __repr__(self) -> str:
        return "MUST_CHOOSE"


MUST_CHOOSE = _MustChoose()
"""There is no default: no rule was found that states the figure."""

GRADES = {
    "A": _("the rule itself was read"),
    "B": _("an official document was seen in excerpt"),
    "C": _("weak evidence"),
    "K": _("practice; the street confirms it"),
    "NF": _("no rule was found"),
}
"""How sure the source of a figure is, in words."""

Value = bool | int | str | Decimal | list[Any]


@dataclass(frozen=True)
class Declared:
    """One setting. ``kind`` is bool, int, str, Decimal or list (of Decimal, shares that sum to 100).

    ``by_document``: a switch that stays off; whoever turns it on names the document that allows it and its end.
    ``source`` is the rule and ``grade`` its K/A/B/C/NF (rules.md); ``deepest`` the last level that may choose it.
    """

    name: str
    title: str | Promise
    kind: type
    default: Any
    source: str
    grade: str
    least: int | Decimal | None = None
    most: int | Decimal | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    deepest: Level = Level.STREET
    by_document: bool = False
    check: Callable[[Any], Any] | None = None
    """Gives the value as it is kept, or refuses it with a sentence; asked last."""

    @property
    def grade_words(self) -> str | Promise:
        """How sure the source is, for the page; a mixed grade ("A/B") counts as its weaker one."""
        return GRADES.get(self.grade.split("/")[-1], self.grade)

    def clean(self, raw: Any) -> Value:
        """A value of the declared type within its limits, or a Refusal that names the limits."""
        value = self._typed(raw)
        if self.choices and value not in self.choices:
            raise Refusal(
                _("“%(title)s” must be one of: %(choices)s.")
                % {"title": self.title, "choices": "、".join(self.choices)},
                field="value",
            )
        for part in value if isinstance(value, list) else [value]:
            self._within(part)
        if isinstance(value, list) and sum(value, Decimal(0)) != 100:
            raise Refusal(_("The shares of “%(title)s” must sum to 100.") % {"title": self.title}, field="value")
        return value if self.check is None else self.check(value)

    def _within(self, value: Any) -> None:
        if isinstance(value, bool | str):
            return
        low = self.least is not None and value < self.least
        high = self.most is not None and value > self.most
        if low or high:
            raise Refusal(
                _("“%(title)s” must lie between %(least)s and %(most)s.")
                % {
                    "title": self.title,
                    "least": "−∞" if self.least is None else self.least,
                    "most": "∞" if self.most is None else self.most,
                },
                field="value",
            )

    def _typed(self, raw: Any) -> Value:
        try:
            if self.kind is bool:
                return _boolean(raw)
            if self.kind is int:
                return _whole(raw)
            if self.kind is Decimal:
                return _decimal(raw)
            if self.kind is list:
                parts: Sequence[Any] = raw.replace(",", ",").split(",") if isinstance(raw, str) else raw
                return [_decimal(part) for part in parts]
        except (ValueError, InvalidOperation, TypeError) as error:
            raise Refusal(
                _("“%(value)s” is not a value for “%(title)s”.") % {"value": raw, "title": self.title},
                field="value",
            ) from error
        return str(raw).strip()


def _boolean(raw: Any) -> bool:
    words = {
        "true": True,
        "1": True,
        "on": True,
        "是": True,
        "false": False,
        "0": False,
        "off": False,
        "否": False,
    }
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower()
    if word not in words:
        raise ValueError(word)
    return words[word]


def _whole(raw: Any) -> int:
    if isinstance(raw, bool | float):
        raise ValueError(raw)
    return int(str(raw).strip())


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool | float):
        raise ValueError(raw)
    value = Decimal(str(raw).strip())
    if not value.is_finite():
        raise ValueError(raw)
    return value


_declared: dict[str, Declared] = {}


def declare(setting: Declared) -> Declared:
    """Make a setting known. A second one of its name, or a default outside its own limits, fails at start."""
    if setting.name in _declared:
        message = f"the setting {setting.name!r} is declared twice"
        raise ImproperlyConfigured(message)
    if setting.by_document and (setting.kind is not bool or setting.default is not False):
        message = f"the setting {setting.name!r} asks for a document: it is a switch that is off"
        raise ImproperlyConfigured(message)
    if setting.default is not MUST_CHOOSE:
        try:
            setting.clean(setting.default)
        except Refusal as refusal:
            message = f"the default of {setting.name!r} breaks its own limits"
            raise ImproperlyConfigured(message) from refusal
    _declared[setting.name] = setting
    return setting


def declared_named(name: str) -> Declared:
    """The declaration. Raises ImproperlyConfigured for an unknown name."""
    try:
        return _declared[name]
    except KeyError:
        message = f"no setting {name!r} is declared"
        raise ImproperlyConfigured(message) from None


def declared() -> tuple[Declared, ...]:
    return tuple(_declared[name] for name in sorted(_declared))
