"""Agreements of the walked contest: drawn up, passed by four offices, signed on paper, archived; first payments."""

from datetime import date
from decimal import Decimal
from io import BytesIO

from PIL import Image

from linli.apps.agreements import services
from linli.apps.agreements.models import Agreement, Mode, OpinionOffice, OpinionView, Side
from linli.apps.agreements.services import AgreementText, Indicator, Part, Party
from linli.apps.ledger import services as ledger
from linli.apps.organizations.services import check_digit
from linli.apps.rounds.models import Award, Round
from linli.apps.rounds.queries import standing_awards
from linli.demo.proposing import YEAR, on
from linli.demo.streets import STREET, Here
from linli.kernel import settings
from linli.kernel.refs import ref_of

PARTS = tuple(
    Part(Decimal(share), waits)
    for share, waits in ((50, "协议签订后一个月内"), (40, "中期检查通过后"), (10, "结项验收通过后"))
)
OFFICES = {
    OpinionOffice.SECTION: "linhu.jiedao", OpinionOffice.FINANCE: "linhu.caiwu",
    OpinionOffice.LEGAL: "linhu.kezhang", OpinionOffice.LEADER: "linhu.lingdao",
}  # fmt: skip
PAID = 4
"""How many were paid once before the contest was closed."""


def sign_all(here: Here, intake: Round) -> None:
    """One agreement an award; then the first instalment of some is paid."""
    settings.choose(
        "agreements.first_party", "党工委", actor=here.people["linhu.kezhang"],
        street=here.places[STREET].pk, reason="由街道党工委与实施单位签订", at=on(10, 18),
    )  # fmt: skip
    rows = standing_awards(intake).select_related("proposal__place", "commitment__fund", "line__decision")
    for number, award in enumerate(rows.order_by("proposal__serial"), 1):
        agreement = _draw_up(here, award, number)
        _pass(here, agreement)
        services.sign(
            agreement, scan=_scan(), signed_on=date(YEAR, 10, 24), actor=here.people["linhu.jiedao"], at=on(10, 24)
        )
        if number <= PAID:
            _pay(here, award, number)


def _draw_up(here: Here, award: Award, number: int) -> Agreement:
    """The draft: party committee and community, money in three parts, the indicators of the proposal."""
    proposal = award.proposal
    head = f"55990101MF{number:06}{number % 10}"
    doer = f"{proposal.place}居民委员会"
    text = AgreementText(
        title=f"{proposal.title}项目协议", content=proposal.steps, amount=award.amount, mode=Mode.DISBURSE,
        parties=[Party(Side.SECOND, name=doer, credit_code=head + check_digit(head), role="实施单位")],
        begins_on=proposal.starts_on or date(YEAR, 11, 1), ends_on=date(YEAR + 1, 10, 31), parts=PARTS,
        indicators=[
            Indicator(one.name, f"{one.target:.0f}", one.unit, date(YEAR + 1, 10, 20))
            for one in proposal.indicators.all()
        ],
    )  # fmt: skip
    return services.draw_up(
        street=here.places[STREET], subject=ref_of(proposal), grounds=ref_of(award.line.decision), text=text,
        commitment=award.commitment, actor=here.people["linhu.jiedao"], at=on(10, 18),
    )  # fmt: skip


def _pass(here: Here, agreement: Agreement) -> None:
    services.send_to_review(agreement, actor=here.people["linhu.jiedao"], at=on(10, 18, 15))
    for office, user in OFFICES.items():
        services.give_opinion(
            agreement, office=office, view=OpinionView.AGREE, actor=here.people[user], at=on(10, 20)
        )  # fmt: skip
    agreement.refresh_from_db()


def _scan() -> BytesIO:
    """A blank sheet in place of the sealed paper."""
    file = BytesIO()
    Image.new("1", (83, 117), 1).save(file, "PDF", resolution=10)
    file.seek(0)
    file.name = "盖章扫描.pdf"
    return file


def _pay(here: Here, award: Award, number: int) -> None:
    """The treasury paid the first instalment."""
    finance = here.people["linhu.caiwu"]
    first = award.commitment.instalments.get(number=1)
    ledger.mark_met(first, on=date(YEAR, 10, 25), actor=finance, at=on(10, 25))
    ledger.record_payment(
        first, receipt=f"国库{YEAR}{number:04}", paid_on=date(YEAR, 11, 3), amount=first.amount, actor=finance,
        at=on(11, 3),
    )  # fmt: skip
