"""What is checked when the house starts: every name that is used somewhere exists, every person's data is covered."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import NoReverseMatch, reverse

from linli.kernel import events
from linli.kernel.contributions.kinds import (
    NavItem,
    NavSection,
    PagePart,
    PersonalData,
    PortalDoor,
    Searchable,
    Verb,
)
from linli.kernel.contributions.registry import contributions, slots
from linli.kernel.refs import kinds


@dataclass(frozen=True)
class Mistake:
    """A name that leads nowhere, or data nobody answers for."""

    sentence: str

    def __str__(self) -> str:
        return self.sentence


def _slots_and_templates() -> list[Mistake]:
    found = []
    for part in contributions(PagePart):
        if part.slot not in slots():
            found.append(Mistake(f"the part {part.name!r} wants the slot {part.slot!r}, which no page declares"))
        try:
            get_template(part.template)
        except TemplateDoesNotExist:
            found.append(Mistake(f"the part {part.name!r} wants the template {part.template!r}, which is missing"))
    return found


def _kinds() -> list[Mistake]:
    known = {kind.name for kind in kinds()}
    wanted = [(item.kind, f"verb {item.name!r}") for item in contributions(Verb)]
    wanted += [(item.kind, "searchable") for item in contributions(Searchable)]
    return [
        Mistake(f"the {who} wants the kind {name!r}, which is not registered")
        for name, who in wanted
        if name not in known
    ]


def _actions() -> list[Mistake]:
    return [Mistake(f"nobody registers the action {name}") for name in events.unknown_actions()]


def _routes() -> list[Mistake]:
    found = []
    sections = {section.name for section in contributions(NavSection)}
    for item in contributions(NavItem):
        if item.section not in sections:
            found.append(Mistake(f"the menu line {item.name!r} wants the section {item.section!r}, which is missing"))
        try:
            reverse(item.route)
        except NoReverseMatch:
            found.append(Mistake(f"the menu line {item.name!r} leads to the route {item.route!r}, which is missing"))
    for door in contributions(PortalDoor):
        try:
            reverse(door.route, args=[UUID(int=0)] if door.of_community else [])
        except NoReverseMatch:
            found.append(Mistake(f"the door {door.name!r} leads to the route {door.route!r}, which is missing"))
    return found


def holds_personal_data(model: type[Model]) -> bool:
    """True when a model points at an account or has a column marked as personal."""
    for field in model._meta.get_fields():
        if getattr(field, "personal", False):
            return True
        related = getattr(field, "related_model", None)
        if related is not None and not field.auto_created and related._meta.label == settings.AUTH_USER_MODEL:
            return True
    return model._meta.label == settings.AUTH_USER_MODEL


def _personal_data() -> list[Mistake]:
    covered = {model for item in contributions(PersonalData) for model in item.models}
    return [
        Mistake(f"{model._meta.label} holds a person's data and no PersonalData covers it")
        for model in apps.get_models()
        if model.__module__.startswith("linli.") and holds_personal_data(model) and model not in covered
    ]


_checks: list[Callable[[], list[Mistake]]] = [_slots_and_templates, _kinds, _actions, _routes, _personal_data]


def check_at_start(check: Callable[[], list[Mistake]]) -> Callable[[], list[Mistake]]:
    """A mechanism above this one adds its own check of names."""
    _checks.append(check)
    return check


def mistakes() -> list[Mistake]:
    """Everything wrong with the names of this house."""
    return [mistake for check in _checks for mistake in check()]


def verify() -> None:
    """Refuse to start with a wrong name. Raises ImproperlyConfigured with every mistake, one a line."""
    found = mistakes()
    if found:
        raise ImproperlyConfigured("\n".join(str(mistake) for mistake in found))
