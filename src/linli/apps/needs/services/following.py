"""Opening a need by what only its resident knows: the code, or the number and the end of his telephone."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Contact, Need
from linli.apps.needs.services.receiving import FOLLOW, tail_of
from linli.kernel import slips
from linli.kernel.errors import Missing
from linli.kernel.seals import KeysMissing, Unreadable, open_sealed, seal

NOT_FOUND = _("Nothing fits this number and these four digits. Check both, or use the eight characters you were given.")
CONTEXT = "needs.look"
MINUTES = 60
MOST = 50
"""Needs of one number in the streets of a district that are compared."""


def by_code(code: str, *, at: datetime | None = None) -> Need:
    """The need a code was given for. Raises Missing, Refusal where it expired."""
    ref = slips.look(code, FOLLOW, at=at)
    found = Need.objects.filter(pk=ref.id).select_related("street", "place", "category").first()
    if found is None:
        raise Missing(_("There is no such code. Check the eight characters on the slip."), field="code")
    return found


def by_tail(number: str, digits: str) -> Need:
    """The need of this number whose contact's telephone ends so; the door counts the tries. Raises Missing."""
    rows = list(Need.objects.filter(number=number.strip(), contact__isnull=False).select_related("contact")[:MOST])
    prints = {tail_of(row, digits): row for row in rows}
    fitting = Contact.objects.filter(need__in=rows, tail_print__in=list(prints)).values_list("tail_print", flat=True)
    for found in fitting:
        return prints[found]
    raise Missing(NOT_FOUND, field="digits")


def pass_for(need: Need, *, code: str = "", at: datetime | None = None) -> str:
    """A sealed word for an address that shows this need for an hour, and its code once more where one is given."""
    moment = at or timezone.now()
    return seal(f"{need.pk}|{code}|{int(moment.timestamp())}", context=CONTEXT)


def shown(code: str) -> str:
    """The code as people read it; "" for none."""
    return slips.show(code) if code else ""


def by_pass(token: str, *, at: datetime | None = None) -> tuple[Need, str]:
    """(need, code or "") of a sealed word. Raises Missing for one that is made up or older than an hour."""
    moment = at or timezone.now()
    try:
        key, code, begun = open_sealed(token, context=CONTEXT).split("|")
    except (KeysMissing, Unreadable, ValueError) as error:
        raise Missing(_("This page was shown for an hour and is closed now. Enter your code to go on.")) from error
    if not 0 <= moment.timestamp() - int(begun) < MINUTES * 60:
        raise Missing(_("This page was shown for an hour and is closed now. Enter your code to go on."))
    found = Need.objects.filter(pk=UUID(key)).select_related("street", "place", "category").first()
    if found is None:
        raise Missing(_("There is no such need."))
    return found, code
