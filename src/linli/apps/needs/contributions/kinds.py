"""The kinds of record needs keep: how each is named, found and seen. Every one of them asks the wall."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs import queries
from linli.apps.needs.models import Answer, AnswerTemplate, Category, Contact, Need, OwnerOffer, RoutingRule
from linli.apps.needs.permissions import KEEPERS, handles
from linli.kernel.contributions import Searchable
from linli.kernel.contributions import contribute as add
from linli.kernel.files import allow
from linli.kernel.refs import Kind, register


class OfNeed(Kind):
    """Rows with their need."""

    def rows(self) -> Any:
        return super().rows().select_related("need")


def page_of(row: Need) -> str:
    """The need's page on the desk."""
    return reverse("needs:need", args=[row.pk])


def _street(row: Any) -> UUID:
    street: UUID = row.need.street_id
    return street


def _of_visible(rows: Any, actor: Any) -> Any:
    return rows.filter(need__in=queries.visible_to(actor).order_by().values("pk"))


def _for_all(rows: Any, _actor: Any) -> Any:
    return rows


def _offered(rows: Any, actor: Any) -> Any:
    """What was asked of the actor himself; he need not see the need yet."""
    return rows.none() if actor is None else rows.filter(user=actor.actor_id)


def _of_street(rows: Any, actor: Any) -> Any:
    return rows.none() if actor is None else rows.filter(street__in=actor.reach(*KEEPERS).places)


def text_of(row: Need) -> str:
    """What is searched of a need: its number and what was said; never a contact."""
    return f"{row.title}\n{row.number}\n{row.matter}\n{row.spot}"


def _hidden(actor: Any) -> Any:
    return queries.hidden_from(actor)


def _hidden_parts(model: Any) -> Any:
    return lambda actor: (
        model.objects.filter(need__in=queries.hidden_from(actor)).order_by().values_list("pk", flat=True)
    )


def contribute() -> None:
    """Make every kind known."""
    allow("needs.need", photos=handles, scans=handles)
    register(
        Kind(
            "needs.need", Need, _("Need of a resident"), lambda rows, actor: queries.visible_to(actor, rows),
            address=page_of, street=lambda row: row.street_id, hidden=_hidden,
        )
    )  # fmt: skip
    parts: tuple[tuple[str, Any, Any], ...] = (
        ("contact", Contact, _("Contact of a need")),
        ("answer", Answer, _("Answer to a need")),
    )
    for name, model, title in parts:
        register(
            OfNeed(
                f"needs.{name}", model, title, _of_visible, address=lambda row: page_of(row.need), street=_street,
                hidden=_hidden_parts(model),
            )
        )  # fmt: skip
    register(
        OfNeed(
            "needs.offer", OwnerOffer, _("Request to follow a need"), _offered, street=_street,
            label=lambda row: row.need.number,
            address=lambda row: reverse("needs:offer", args=[row.pk]), hidden=_hidden_parts(OwnerOffer),
        )
    )  # fmt: skip
    register(Kind("needs.category", Category, _("Category of needs"), _for_all))
    register(Kind("needs.rule", RoutingRule, _("Routing rule"), _of_street, street=lambda row: row.street_id))
    register(
        Kind("needs.template", AnswerTemplate, _("Template of an answer"), _of_street, street=lambda row: row.street_id)
    )
    add(Searchable("needs.need", text_of, where=lambda row: row.place.label))
