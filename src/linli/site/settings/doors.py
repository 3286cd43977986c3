"""Which doors this process opens: ``LINLI_DOORS``, a comma list of desk, portal, room and api; all unless told."""

from collections.abc import Mapping, Sequence

from django.core.exceptions import ImproperlyConfigured

DOORS = ("desk", "portal", "room", "api")


def doors(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The doors named, in the order of :data:`DOORS`. Raises ImproperlyConfigured for a word that is none."""
    named = {word.strip() for word in environment.get("LINLI_DOORS", "").split(",")} - {""}
    strange = sorted(named - set(DOORS))
    if strange:
        message = f"LINLI_DOORS knows {', '.join(DOORS)}; it does not know {', '.join(strange)}."
        raise ImproperlyConfigured(message)
    return tuple(door for door in DOORS if door in named) or DOORS


def of_door(environment: Mapping[str, str], name: str, opened: Sequence[str]) -> str:
    """The setting ``name`` of this process: ``<name>_<DOOR>`` of the first door it opens, where it opens not all."""
    if tuple(opened) == DOORS:
        return environment.get(name, "")
    return environment.get(f"{name}_{opened[0].upper()}", "") or environment.get(name, "")


def cookie_name(kind: str, opened: Sequence[str]) -> str:
    """The name of a cookie of the doors ``opened``; Django's own where this process opens all."""
    usual = {"session": "sessionid", "csrf": "csrftoken", "language": "django_language"}[kind]
    return usual if tuple(opened) == DOORS else f"linli_{'_'.join(opened)}_{usual.removeprefix('django_')}"
