"""The kinds of record, and the names of what is done to them."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.publicity import queries
from linli.apps.publicity.models import Objection, PublicNotice
from linli.apps.publicity.services.notice import TEXT
from linli.kernel.audit import Keep, register_action, words_of
from linli.kernel.refs import Kind, register


class NoticeRows(Kind):
    """Notices with their place, which tells the street."""

    def rows(self) -> Any:
        return super().rows().select_related("place")


class ObjectionRows(Kind):
    """Objections with their notice and its place."""

    def rows(self) -> Any:
        return super().rows().select_related("notice__place")


def _notice_page(notice: PublicNotice) -> str:
    return reverse("publicity:desk_notice", args=[notice.pk])


def _objection_page(row: Objection) -> str:
    return f"{reverse('publicity:desk_notice', args=[row.notice_id])}#objections"


def _notice_street(notice: PublicNotice) -> UUID | None:
    return notice.place.street_id


def _objection_street(row: Objection) -> UUID | None:
    return row.notice.place.street_id


ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    (
        "notice.draw_up",
        _("drew the notice up"),
        {"title": _("title"), "kind": _("kind"), "grounds": _("grounds")},
    ),
    ("notice.amend", _("put the notice right"), {**words_of(PublicNotice, *TEXT), "lines": _("list")}),
    ("notice.close", _("concluded the notice"), {"objections": _("objections"), "upheld": _("of them upheld")}),
    ("objection.receive", _("An objection came in"), {"way": _("how it came")}),
    ("photo.add", _("kept a picture of the board"), {"moment": _("when"), "place": _("place"), "day": _("day")}),
)


def contribute() -> None:
    """Make the kinds and actions known."""
    register(
        NoticeRows(
            "publicity.notice",
            PublicNotice,
            _("Public notice"),
            lambda rows, actor: queries.visible_to(actor, rows),
            address=_notice_page,
            street=_notice_street,
        )
    )
    register(
        ObjectionRows(
            "publicity.objection",
            Objection,
            _("Objection"),
            lambda rows, actor: queries.objections_visible_to(actor, rows),
            address=_objection_page,
            street=_objection_street,
        )
    )
    for name, title, words in ACTIONS:
        nameless = _("a resident") if name == "objection.receive" else ""
        register_action(f"publicity.{name}", title, keep=Keep.FOR_EVER, words=words, nameless=nameless)
