"""The register of kinds: what a model tells the rest of the house about itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, QuerySet
from django.utils.functional import Promise


def _no_address(record: Any) -> str:
    return ""


def _none_hidden(actor: Any) -> None:
    return None


def _no_street(record: Any) -> UUID | None:
    return None


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    ``name`` is "app.noun"; ``rows`` gives the queryset to resolve from (with what ``label`` needs joined);
    ``visible_to(rows, actor)`` cuts it to what the actor may see; ``address`` is the page on the desk;
    ``hidden(actor)`` gives the ids of what even the record of verbs must not tell this actor (None: nothing);
    ``street`` the id of the street whose audit chain and lists it belongs to (None: the installation).
    """

    name: str
    model: type[Model]
    title: str | Promise
    visible_to: Callable[[QuerySet[Any], Any], QuerySet[Any]]
    address: Callable[[Any], str] = _no_address
    street: Callable[[Any], UUID | None] = _no_street
    label: Callable[[Any], str] = str
    hidden: Callable[[Any], QuerySet[Any, Any] | None] = _none_hidden

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.all()


_by_name: dict[str, Kind] = {}
_by_model: dict[type[Model], Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; a second one of the same name or model fails at start."""
    if kind.name in _by_name or kind.model in _by_model:
        message = f"the kind {kind.name!r} (or its model) is registered twice"
        raise ImproperlyConfigured(message)
    _by_name[kind.name] = kind
    _by_model[kind.model] = kind
    return kind


def kind_of(source: str | type[Model] | Model) -> Kind:
    """The kind by its name, its model or one of its rows; an unknown one is a mistake of the programmer."""
    if isinstance(source, str):
        found = _by_name.get(source)
    else:
        model = source if isinstance(source, type) else type(source)
        found = _by_model.get(model)
    if found is None:
        message = f"no kind is registered for {source!r}"
        raise ImproperlyConfigured(message)
    return found


def kinds() -> tuple[Kind, ...]:
    return tuple(_by_name.values())
