"""What is wrong with each value, as a sentence and a JSON pointer; the checker's own English never leaves."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, str | Promise] = {
    "missing": _("This value is needed."),
    "extra_forbidden": _("This name is not known here."),
    "string_too_short": _("Write at least %(min_length)s characters."),
    "string_too_long": _("Write at most %(max_length)s characters."),
    "string_pattern_mismatch": _("This text is not in the expected form."),
    "too_long": _("Give at most %(max_length)s."),
    "too_short": _("Give at least %(min_length)s."),
    "greater_than_equal": _("The least is %(ge)s."),
    "less_than_equal": _("The most is %(le)s."),
    "enum": _("This is not one of the choices."),
    "literal_error": _("This is not one of the choices."),
}
BY_ENDING: tuple[tuple[tuple[str, ...], str | Promise], ...] = (
    (("string_type", "string_unicode"), _("This must be text.")),
    (("int_type", "int_parsing", "int_parsing_size", "int_from_float"), _("This must be a whole number.")),
    (("bool_type", "bool_parsing"), _("This must be true or false.")),
    (("list_type",), _("This must be a list.")),
    (("dict_type", "model_type", "model_attributes_type"), _("This must be an object.")),
    (("uuid_type", "uuid_parsing", "uuid_version"), _("This must be an id as given by this interface.")),
)
OTHERWISE = _("This value is not accepted.")


def sentence_of(kind: str, context: dict[str, Any]) -> str:
    """The sentence for one kind of mistake, with its limits filled in."""
    if kind in SENTENCES:
        return str(SENTENCES[kind]) % context
    for kinds, sentence in BY_ENDING:
        if kind in kinds:
            return str(sentence)
    if kind.startswith(("date_", "datetime_")):
        return str(_("This must be a date like 2026-11-22."))
    return str(OTHERWISE)


def _pointer(location: Sequence[Any]) -> str:
    return "#/" + "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in location)


def errors_of(found: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """One entry a mistake: ``detail`` and either ``pointer`` (body) or ``in`` and ``parameter``."""
    errors = []
    for mistake in found:
        source, *rest = mistake["loc"]
        detail = sentence_of(mistake["type"], mistake.get("ctx", {}))
        if source == "body":
            errors.append({"detail": detail, "pointer": _pointer(rest[1:])})
        else:
            errors.append({"detail": detail, "in": str(source), "parameter": str(rest[-1])})
    return errors
