"""What money must not be used for, and payees who are staff."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.apps.ledger.kinds import refused_uses
from linli.apps.ledger.models import Expenditure
from linli.apps.ledger.queries.findings.finding import Finding
from linli.apps.people.models import Post
from linli.apps.places.models import PlacePath
from linli.kernel.privacy import PERSON_NAME
from linli.kernel.scope import Role
from linli.kernel.scope.roles import STAFF
from linli.kernel.settings import look

WORDS = "ledger.refused_words"
PAID_STAFF = (*sorted(STAFF), Role.ORGANIZATION_MANAGER)


def about_use(expenditure: Expenditure, *, on: date) -> Iterator[Finding]:
    """Refused uses by the word that shows them; payees who hold a post here."""
    yield from _refused(expenditure)
    yield from _staff(expenditure, on)


def _refused(expenditure: Expenditure) -> Iterator[Finding]:
    items = expenditure.shares.values_list("voucher__items", flat=True)
    text = " ".join([expenditure.purpose, *items])
    own = str(look([WORDS], street=expenditure.commitment.fund.street_id)[WORDS].value)
    for use in refused_uses():
        for word in use.words:
            if word in text:
                told = {"word": word, "clause": use.clause}
                sentence = _("“%(word)s” must not be paid out of this money (%(clause)s).") % told
                yield Finding("refused-use", sentence, bars=True)
                break
    for word in own.replace("，", "、").split("、"):
        if word.strip() and word.strip() in text:
            sentence = _("“%(word)s” must not be paid out of this money, the street says.") % {"word": word.strip()}
            yield Finding("refused-use", sentence, bars=True)


def _staff(expenditure: Expenditure, on: date) -> Iterator[Finding]:
    fees = [fee.name.for_machine(because="payees who are staff") for fee in expenditure.fees.all()]
    names = {PERSON_NAME.tidy(name) for name in (expenditure.payee, *fees)}
    street = expenditure.commitment.fund.street_id
    organizations = expenditure.commitment.spenders.filter(organization__isnull=False).values("organization")
    below = PlacePath.objects.filter(ancestor=street).order_by().values("descendant")
    here = Q(place__in=below) | Q(organization__in=organizations)
    held = Post.objects.in_force(on).filter(here, role__in=PAID_STAFF, user__name__in=names)
    for name in sorted(set(held.values_list("user__name", flat=True))):
        shown = PERSON_NAME.mask(name)
        sentence = _("The payee %(name)s has the name of somebody who holds a post here.") % {"name": shown}
        yield Finding("payee-staff", sentence)
