"""What an agreement is drawn up from, and the checks every text passes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.kinds import STREET_OFFICE
from linli.apps.agreements.models import Mode, Side
from linli.apps.ledger.models import Commitment, CommitmentState
from linli.apps.ledger.services import Part
from linli.apps.ledger.services.instalments import checked_shares
from linli.apps.organizations.models import Organization
from linli.apps.places.models import Place
from linli.kernel.errors import Refusal
from linli.kernel.money import InexactAmount, format_yuan, yuan
from linli.kernel.settings import look, value_of

AGAINST_VOUCHERS = "凭合规票据报账"


@dataclass(frozen=True)
class Party:
    """甲方, 乙方 or 丙方; name and credit code come from the organization unless given."""

    side: Side
    organization: Organization | None = None
    name: str = ""
    credit_code: str = ""
    role: str = ""


@dataclass(frozen=True)
class Indicator:
    """What is to be reached, by when."""

    name: str
    target: str
    unit: str = ""
    due: date | None = None


@dataclass(frozen=True)
class AgreementText:
    """Everything an agreement says. ``duties``: code → text, where it differs from the shipped words."""

    title: str
    content: str
    amount: Decimal
    mode: Mode
    parties: Sequence[Party]
    begins_on: date
    ends_on: date
    parts: Sequence[Part] = ()
    indicators: Sequence[Indicator] = ()
    duties: Mapping[str, str] = field(default_factory=dict)


def checked_amount(value: Decimal) -> Decimal:
    """An exact amount of nothing or more. Raises Refusal."""
    try:
        amount = yuan(value)
    except InexactAmount:
        raise Refusal(_("Enter an amount in yuan with at most two decimals."), field="amount", code="inexact") from None
    if amount < 0:
        raise Refusal(_("The amount must not be below zero."), field="amount")
    return amount


def within_commitment(amount: Decimal, commitment: Commitment | None) -> None:
    """Refuse more than is promised. Raises Refusal."""
    if commitment is None:
        return
    if commitment.state != CommitmentState.OPEN:
        raise Refusal(_("The commitment of this agreement is released. No money stands behind it."), field="amount")
    if amount > commitment.binding:
        sentence = _("%(promised)s is promised; the agreement names %(amount)s. It cannot name more.")
        told = {"promised": format_yuan(commitment.binding), "amount": format_yuan(amount)}
        raise Refusal(sentence % told, field="amount", code="above-commitment")


def checked_parts(mode: Mode, parts: Sequence[Part]) -> list[Part]:
    """How it is paid: against vouchers as a whole, or by shares that were chosen and sum to 100. Raises Refusal."""
    if mode == Mode.REIMBURSE:
        if parts:
            raise Refusal(_("Money reimbursed against vouchers is not paid by shares."), field="parts")
        return [Part(Decimal(100), AGAINST_VOUCHERS)]
    checked_shares([part.share for part in parts])
    if any(not part.condition.strip() for part in parts):
        raise Refusal(_("Say what each instalment waits for."), field="parts")
    return list(parts)


def first_party(street: Place) -> Party:
    """甲方 as the street has chosen: its office or its party working committee. Raises Refusal where nobody chose."""
    chosen = value_of("agreements.first_party", street=street.pk)
    name = f"{street.name}办事处" if chosen == STREET_OFFICE else f"中共{street.name}工作委员会"
    code = look(["agreements.first_party_code"], street=street.pk)["agreements.first_party_code"].value or ""
    return Party(Side.FIRST, name=name, credit_code=code)


def checked_parties(street: Place, parties: Sequence[Party]) -> list[Party]:
    """Named parties with 甲方 and 乙方 among them, one of those who receive a legal person. Raises Refusal."""
    given = {party.side: party for party in parties}
    if len(given) != len(parties):
        raise Refusal(_("Each party is named once."), field="parties")
    if Side.FIRST not in given:
        given[Side.FIRST] = first_party(street)
    if Side.SECOND not in given:
        raise Refusal(_("Name the second party: who carries the project out."), field="parties")
    named = [_named(given[side]) for side in Side if side in given]
    if not any(party.credit_code for party in named if party.side != Side.FIRST):
        raise Refusal(
            _("Neither party has a unified social credit code. A team names who holds the money for it."),
            field="parties",
            code="no-legal-person",
        )
    return named


def _named(party: Party) -> Party:
    organization = party.organization
    name = party.name.strip() or (organization.name if organization else "")
    code = party.credit_code.strip().upper() or (organization.credit_code or "" if organization else "")
    if not name:
        raise Refusal(_("Name every party."), field="parties")
    return Party(party.side, organization, name, code, party.role.strip())
