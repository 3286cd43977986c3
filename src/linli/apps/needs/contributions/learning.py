"""What learned models add: their kind, verbs as told, the menu, and the suggestion on the page of a need."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as check
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import CategoryHint, NeedState, TrainedModel
from linli.apps.needs.permissions import analyses, keeps_pages
from linli.apps.needs.services.language import endpoint
from linli.apps.needs.services.suggesting import suggest_for
from linli.kernel.audit import Keep, register_action
from linli.kernel.contributions import NavItem, PagePart
from linli.kernel.contributions import contribute as add
from linli.kernel.errors import Refusal
from linli.kernel.refs import Kind, register
from linli.kernel.scope import Actor

ACTIONS = (
    ("learn", _("learned a model"), {"texts": _("texts")}),
    ("publish", _("put the model to use"), {"texts": _("texts")}),
    ("go_back", _("went back to the model before"), {"reason": _("reason")}),
)


def suggestion_for(actor: Actor | None, need: Any) -> dict[str, Any] | None:
    """The suggestion, while the need waits to be analysed by whoever looks at it."""
    if need.state != NeedState.RECEIVED or actor is None or not analyses(actor, need):
        return None
    found = suggest_for(need)
    return {"suggestion": found, "address": reverse("needs:confirm", args=[need.pk])} if found else None


def hint_for(actor: Actor | None, need: Any) -> dict[str, Any] | None:
    """What the house's language model named, beside it; no query where none is set up."""
    if not settings.LINLI_LANGUAGE_ENDPOINT or need.state != NeedState.RECEIVED:
        return None
    if actor is None or not analyses(actor, need):
        return None
    found = CategoryHint.objects.filter(need=need.pk).select_related("category").first()
    return {"hint": found, "address": reverse("needs:confirm", args=[need.pk])} if found else None


@check()
def language_endpoint(app_configs: Sequence[AppConfig] | None, **options: Any) -> list[CheckMessage]:
    """A house that would send what residents write far away does not start."""
    try:
        endpoint()
    except Refusal as refusal:
        return [Error(str(refusal), id="needs.E001")]
    return []


def contribute() -> None:
    """Make them known."""
    for name, title, words in ACTIONS:
        register_action(f"needs.trained_model.{name}", title, keep=Keep.FOR_EVER, words=words)
    register(
        Kind(
            "needs.trained_model", TrainedModel, _("Learned model"),
            lambda rows, actor: rows if keeps_pages(actor, None) else rows.none(),
            address=lambda row: reverse("needs:model", args=[row.pk]),
        )
    )  # fmt: skip
    add(
        NavItem("needs_models", _("Models"), "needs:models", keeps_pages, icon="settings", section="needs", order=80),
        PagePart("needs.need", "needs.suggestion", "needs/part_suggestion.html", suggestion_for, order=5),
        PagePart("needs.need", "needs.hint", "needs/part_hint.html", hint_for, order=6),
    )
