"""The registry: apps add in ``contributions.py``, pages read."""

from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured

from linli.kernel.contributions.kinds import Hold, PagePart, Remark, Slot
from linli.kernel.refs import Ref

Kind = TypeVar("Kind")

_all: list[Any] = []
_slots: dict[str, Slot] = {}


def _name_of(item: Any) -> tuple[str, str]:
    return type(item).__name__, ".".join(
        str(getattr(item, part)) for part in ("slot", "kind", "name") if hasattr(item, part)
    )


def contribute(*items: Any) -> None:
    """Add contributions. Two of the same type and name fail at start."""
    taken = {_name_of(item) for item in _all}
    for item in items:
        name = _name_of(item)
        if name in taken:
            message = f"{name[0]} {name[1]!r} is contributed twice"
            raise ImproperlyConfigured(message)
        taken.add(name)
        _all.append(item)


def contributions(kind: type[Kind]) -> list[Kind]:
    """All contributions of one kind, in the order they came."""
    return [item for item in _all if isinstance(item, kind)]


def remarks() -> list[str]:
    """The lines that stand on every page and paper now, in the reader's language."""
    texts = [str(item.text()) for item in contributions(Remark)]
    return [text for text in texts if text]


def held(subject: Ref, grounds: Ref) -> list[str]:
    """Why nothing may be signed or paid for ``subject`` now, in the reader's language; [] where nothing holds it."""
    texts = [str(item.why(subject, grounds)) for item in contributions(Hold)]
    return [text for text in texts if text]


def declare_slot(name: str, *, budget: int = 2) -> Slot:
    """The owner of a page declares a slot and how many queries each part in it may use."""
    if name in _slots:
        message = f"the slot {name!r} is declared twice"
        raise ImproperlyConfigured(message)
    _slots[name] = Slot(name, budget)
    return _slots[name]


def slots() -> dict[str, Slot]:
    return dict(_slots)


def page_parts(slot: str, *, actor: Any, record: Any = None) -> list[dict[str, Any]]:
    """The parts of a slot, ready to include: ``{"name", "template", "context"}``, in their order."""
    if slot not in _slots:
        message = f"no page declares the slot {slot!r}"
        raise ImproperlyConfigured(message)
    parts = sorted((part for part in contributions(PagePart) if part.slot == slot), key=lambda part: part.order)
    ready = []
    for part in parts:
        context = part.context(actor, record)
        if context is not None:
            ready.append({"name": part.name, "template": part.template, "context": context})
    return ready
