"""What templates may ask of the interface: words for dates and sums, form fields, one-time keys, QR codes."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

from django import forms, template
from django.contrib.auth.password_validation import password_validators_help_texts
from django.contrib.messages.storage.base import Message
from django.forms.boundfield import BoundField
from django.forms.widgets import ChoiceWidget
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from linli.kernel.contributions import page_parts
from linli.kernel.privacy.showing import has_shown, note_shown
from linli.kernel.scope.doors import actor_of
from linli.kernel.ui import cells, words
from linli.kernel.ui.exporting import reader_words
from linli.kernel.ui.lists import ListPage

register = template.Library()

ALERTS = {"success": "done", "warning": "warn", "error": "stop"}


@register.filter
def alert_kind(message: Message) -> str:
    """The kind of alert for a message of ``django.contrib.messages``."""
    return ALERTS.get(message.level_tag, "info")


@register.simple_tag
def personal() -> str:
    """Said by a page of names that are not sealed: it is marked with who reads it, as pages of sealed values are."""
    note_shown()
    return ""


TILE = (
    '<svg class="watermark" aria-hidden="true" focusable="false"><defs><pattern id="watermark-tile" width="360"'
    ' height="190" patternUnits="userSpaceOnUse" patternTransform="rotate(-20)">'
    '<text x="10" y="95" font-size="15">{}</text></pattern></defs>'
    '<rect width="100%" height="100%" fill="url(#watermark-tile)"></rect></svg>'
)
"""Attributes, not styles: the content policy allows no inline style."""


@register.simple_tag(takes_context=True)
def watermark(context: Any) -> str:
    """Who reads, and when, lightly over a page that has shown anything of a person; it stands at the page's end."""
    request = context.get("request")
    reader = reader_words(request) if request is not None and has_shown() else ""
    return format_html(TILE, f"{reader} {timezone.localtime():%Y-%m-%d %H:%M}") if reader else ""


@register.filter
def moment(value: dt.date | None) -> str:
    return words.moment(value) if value else ""


@register.filter
def day(value: dt.date | None) -> str:
    return words.day(value) if value else ""


@register.filter
def days_in_words(value: object) -> str:
    return words.days_in_words(str(value))


@register.filter
def long_date(value: dt.date) -> str:
    return words.long_date(value)


@register.filter
def short_date(value: dt.date) -> str:
    return words.short_date(value)


@register.filter
def ago(value: dt.date) -> str:
    return words.ago(value)


@register.filter
def waited(value: dt.datetime) -> str:
    return words.waited(value)


@register.filter
def iso(value: dt.date) -> str:
    """For machines: ISO 8601 in the local zone."""
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return value.isoformat()


@register.filter
def yuan(value: Decimal | int | None) -> str:
    return words.yuan(value)


@register.filter
def big_yuan(value: Decimal | int | None) -> str:
    return words.big_yuan(value)


@register.simple_tag
def once_key() -> str:
    """A key made with the form: the same form sent twice is done once."""
    return get_random_string(24)


@dataclass(frozen=True)
class FieldParts:
    """How ``<c-field>`` lays out one form field."""

    label: str
    help: str
    hidden: bool
    check: bool
    group: bool
    optional: bool


@register.filter
def field_parts(field: BoundField, label: str = "") -> FieldParts:
    """What kind of layout a bound field needs; ``label`` replaces the form's own."""
    widget = field.field.widget
    group = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return FieldParts(
        label=label or str(field.label),
        help=str(field.help_text),
        hidden=field.is_hidden,
        check=isinstance(widget, forms.CheckboxInput) and not group,
        group=group,
        optional=not field.field.required and not getattr(field.field, "one_of_several", False),
    )


@dataclass(frozen=True)
class Trouble:
    """One thing wrong with a field; ``whole`` where the sentence itself names the field."""

    text: str
    whole: bool = False


@register.filter
def troubles(field: BoundField) -> list[Trouble]:
    """What is wrong with a field. One left empty says what to fill in, unless its form says it in its own words."""
    asked = field.field.error_messages.get("required") == forms.Field.default_error_messages["required"]
    return [
        Trouble(_please(field), whole=True)
        if error.code == "required" and asked
        else Trouble(" ".join(map(str, error.messages)))
        for error in field.errors.as_data()
    ]


def _please(field: BoundField) -> str:
    widget, label = field.field.widget, {"label": field.label}
    if isinstance(widget, forms.CheckboxInput):
        return _("Please tick “%(label)s”.") % label
    if isinstance(widget, ChoiceWidget | forms.FileInput):
        return _("Please choose “%(label)s”.") % label
    return _("Please fill in “%(label)s”.") % label


@register.simple_tag
def password_rules() -> list[str]:
    """What a new password must be, a sentence each, to be read before typing."""
    return [str(rule) for rule in password_validators_help_texts()]


@register.simple_tag(takes_context=True)
def parts_of(context: template.Context, slot: str) -> list[dict[str, Any]]:
    """What others add to a page whose view is not ours: the parts of ``slot``, ready to include."""
    return page_parts(slot, actor=actor_of(context["request"]))


@register.filter
def qr(text: str) -> SafeString:
    """An SVG of a QR code (segno), black on white with its quiet zone, sized by the style sheet."""
    import segno

    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=4, light="#fff", nl=False
    )
    return mark_safe(out.getvalue().decode())  # noqa: S308 - made here from modules, not from the text


@register.simple_tag
def labelled_rows(rows: str, page: ListPage | None, head: str) -> SafeString:
    """The body of a table, each cell with the head it stands under: those of ``page``, then those in ``head``."""
    names = [str(item.title) for item in page.heads] if page else []
    return cells.labelled(rows, [*names, *cells.heads_in(str(head))])
