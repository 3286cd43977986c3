"""Doors of the papers about contact cards: the list for the notice board, and the notice that publishes them."""

import io
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from linli.apps.people import queries
from linli.apps.people.models import ContactCard, User
from linli.apps.people.permissions import CARD_READERS, SIGNERS, reads_cards, signs_cards
from linli.apps.places.models import Place
from linli.kernel import documents
from linli.kernel.deadlines import add_working_days
from linli.kernel.scope import permission

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS = ("title", "office", "phone", "hours", "body")
FIELDS = frozenset(
    (
        *("office", "office_mark", "year", "addressees", "community_count", "card_count", "post_by", "date"),
        *("contact", "contact_phone", "copies_to", "printing_office"),
        *("cards.community", "cards.title", "cards.office", "cards.phone", "cards.hours"),
    )
)
TO_FILL_IN = "＿＿＿＿＿＿"
"""What the office writes into the draft itself: its number, whom to call, who gets a copy."""
DAYS_TO_POST = 10

Cards = dict[Place, list[ContactCard]]


@permission(reads_cards)
@require_safe
def public_list(request: HttpRequest) -> HttpResponseBase:
    """The public cards of the communities I work in, for the notice board. Where there is none, a sentence."""
    street, cards = queries.public_cards_for(_actor(request), *CARD_READERS)
    if not any(cards.values()):
        return _nothing(request)
    today = timezone.localdate()
    content = documents.render_pdf("people/contact_cards.typ", _listed(street, cards, today))
    return _file(content, f"{street}社区联系卡一览-{today:%Y%m%d}.pdf", PDF)


@permission(signs_cards)
@require_safe
def notice(request: HttpRequest) -> HttpResponseBase:
    """The draft of the notice by which a street publishes its cards. Where there is none, a sentence."""
    actor = _actor(request)
    street, cards = queries.public_cards_for(actor, *SIGNERS)
    if not any(cards.values()):
        return _nothing(request)
    data = _told(street, cards, timezone.localdate(), actor)
    content = documents.render_docx("people/contact_card_notice.docx", data, declared=FIELDS)
    return _file(content, f"关于公布{data['year']}年社区联系卡的通知（代拟稿）.docx", DOCX)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # both doors are closed to strangers
    return request.user


def _nothing(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, _("There is nothing to print yet: no contact card of your communities is public."))
    return redirect("people:cards")


def _file(content: bytes, name: str, kind: str) -> HttpResponseBase:
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind)


def _listed(street: str, cards: Cards, today: date) -> dict[str, Any]:
    communities = [
        {"name": community.name, "cards": [{name: getattr(card, name) for name in COLUMNS} for card in shown]}
        for community, shown in cards.items()
    ]
    return {"street": street, "as_of": today, "communities": communities}


def _told(street: str, cards: Cards, today: date, actor: User) -> dict[str, Any]:
    shown = [card for some in cards.values() for card in some]
    own = next(iter(cards)).street_id
    office = f"{street}办事处" if street.endswith("街道") else street
    return {
        "office": office,
        "office_mark": "",
        "year": today.year,
        "addressees": "各社区党组织、居民委员会",
        "community_count": sum(1 for some in cards.values() if some),
        "card_count": len(shown),
        "post_by": timezone.localdate(add_working_days(timezone.now(), DAYS_TO_POST, street=own)),
        "contact": actor.name,
        "contact_phone": TO_FILL_IN,
        "date": today,
        "copies_to": TO_FILL_IN,
        "printing_office": office,
        "cards": [
            {"community": card.community.name, **{name: getattr(card, name) for name in COLUMNS[:4]}} for card in shown
        ],
    }
