"""What people are told about contact cards: duties nobody switches off, and news one may do without."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.notices import NoticeKind
from linli.kernel.scope import nobody

KINDS = (
    NoticeKind("people.contact_card.submit", _("A card waits for my check"), may_switch_off=nobody),
    NoticeKind("people.contact_card.check", _("A card waits for my sign-off"), may_switch_off=nobody),
    NoticeKind("people.contact_card.send_back", _("My card was sent back"), may_switch_off=nobody),
    NoticeKind("people.contact_card.sign_off", _("A card I wrote or checked is public")),
    NoticeKind("people.contact_card.withdraw", _("My card was withdrawn from view")),
    NoticeKind("people.post.term", _("A term runs out within thirty days"), may_switch_off=nobody),
    NoticeKind("people.handover", _("A handover waits for my signature"), may_switch_off=nobody),
    NoticeKind("people.absence", _("I act for somebody who is away"), may_switch_off=nobody),
)
