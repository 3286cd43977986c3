"""Agreements for tests, taken through the verbs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.base import ContentFile
from tests.support.remembering import remembered

from linli.apps.agreements import services
from linli.apps.agreements.models import Agreement, Mode, OpinionOffice, OpinionView, Side
from linli.apps.agreements.services import AgreementText, Indicator, Part, Party
from linli.apps.ledger.models import Commitment
from linli.apps.organizations.models import Organization
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.places.models import Place
from linli.kernel import settings
from linli.kernel.refs import Ref, new_key

CODE = "52110105MJ0000001N"
PARTS = (Part(Decimal(50), "签约后15个工作日内"), Part(Decimal(40), "中期评估合格后"), Part(Decimal(10), "结项验收后"))


@remembered
def choose_party(street: Place) -> None:
    """The street has chosen who its first party is."""
    settings.choose("agreements.first_party", "街道办事处", street=street.pk, actor=None)


def a_text(contractor: Organization, **given: Any) -> AgreementText:
    columns: dict[str, Any] = {
        "title": "银龄助餐",
        "content": "为辖区高龄独居老人提供午间助餐。",
        "amount": Decimal("80000.00"),
        "mode": Mode.DISBURSE,
        "parties": [Party(Side.SECOND, contractor, credit_code=CODE)],
        "begins_on": date(2026, 4, 1),
        "ends_on": date(2026, 12, 31),
        "parts": PARTS,
        "indicators": [Indicator("助餐人次", "6000", "人次", date(2026, 12, 20))],
        **given,
    }
    return AgreementText(**columns)


@remembered
def make_agreement(
    street: Place, *, commitment: Commitment | None = None, actor: Any = None, **given: Any
) -> Agreement:
    """A draft; the street's choice and the contractor are made where they are missing."""
    choose_party(street)
    contractor = given.pop("contractor", None) or Organization.objects.filter(place=street).first()
    subject, grounds = given.pop("subject", Ref("places.place", street.pk)), Ref("places.place", new_key())
    text = a_text(contractor or make_organization(street), **given)
    return services.draw_up(
        street=street, subject=subject, grounds=grounds, text=text, commitment=commitment, actor=actor
    )


def review(agreement: Agreement) -> Agreement:
    """All offices agree."""
    services.send_to_review(agreement, actor=None)
    for office in OpinionOffice:
        services.give_opinion(agreement, office=office, view=OpinionView.AGREE, actor=None)
    agreement.refresh_from_db()
    return agreement


def a_scan() -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n", "盖章扫描.pdf")
