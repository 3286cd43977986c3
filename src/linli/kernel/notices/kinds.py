"""Kinds of notices: what they are called, through which doors they go, who may switch them off."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise

from linli.kernel.scope import signed_in

IN_APP = "in_app"
EMAIL = "email"


@dataclass(frozen=True)
class NoticeKind:
    """``name`` is "app.noun.verb"; a notice always stands in the house, ``doors`` are the ways beside it.

    ``may_switch_off`` is a predicate on the recipient: duties name ``nobody``.
    """

    name: str
    title: str | Promise
    doors: tuple[str, ...] = (EMAIL,)
    may_switch_off: Any = signed_in


_kinds: dict[str, NoticeKind] = {}


def declare_kind(kind: NoticeKind) -> NoticeKind:
    """Make a kind known. A second one of the same name fails at start."""
    if kind.name in _kinds:
        message = f"the kind of notice {kind.name!r} is declared twice"
        raise ImproperlyConfigured(message)
    _kinds[kind.name] = kind
    return kind


def notice_kind(name: str) -> NoticeKind:
    """The declared kind. Raises ImproperlyConfigured for an unknown name."""
    try:
        return _kinds[name]
    except KeyError:
        message = f"no kind of notice {name!r} is declared"
        raise ImproperlyConfigured(message) from None


def notice_kinds() -> tuple[NoticeKind, ...]:
    return tuple(_kinds.values())
