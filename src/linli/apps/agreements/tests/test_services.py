"""An agreement names no more than is promised, is reviewed by offices, signed with its scan, numbered without gaps."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from docx import Document

from linli.apps.agreements import queries, services
from linli.apps.agreements.models import (
    Agreement,
    AgreementState,
    AgreementTemplate,
    Mode,
    OpinionOffice,
    OpinionView,
    Side,
    Signature,
)
from linli.apps.agreements.services import Part, Party
from linli.apps.agreements.tests.factories import CODE, PARTS, a_scan, a_text, choose_party, make_agreement, review
from linli.apps.ledger.queries import instalments_of
from linli.apps.ledger.services import release
from linli.apps.ledger.tests.factories import make_commitment, make_fund, yuan
from linli.apps.organizations.models import Organization, OrganizationKind
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Place
from linli.apps.places.tests.factories import make_district
from linli.kernel import settings
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.files import StoredFile
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 20)


@pytest.fixture
def street() -> Place:
    return make_district().street


@pytest.fixture
def contractor(street: Place) -> Organization:
    return make_organization(street)


def test_money_paid_out_without_shares_is_refused(street: Place) -> None:
    with pytest.raises(Refusal) as refused:
        make_agreement(street, parts=())
    assert str(refused.value) == "请选择各期比例：没有规定给出比例。"
    assert Agreement.objects.count() == 0


def test_shares_that_do_not_sum_to_one_hundred_are_refused(street: Place) -> None:
    with pytest.raises(Refusal) as refused:
        make_agreement(street, parts=PARTS[:2])
    assert str(refused.value) == "各期比例合计为90%，不是100%。"


def test_money_against_vouchers_is_not_paid_by_shares(street: Place) -> None:
    with pytest.raises(Refusal):
        make_agreement(street, mode=Mode.REIMBURSE)
    row = make_agreement(street, mode=Mode.REIMBURSE, parts=())
    assert [(part.share, part.condition) for part in row.parts.all()] == [(Decimal(100), "凭合规票据报账")]


def test_the_parts_sum_to_the_amount_to_the_fen(street: Place) -> None:
    thirds = [Part(Decimal(share), "达成条件") for share in ("33.33", "33.33", "33.34")]
    row = make_agreement(street, parts=thirds, amount=yuan("10000.01"))
    assert [part.amount for part in row.parts.all()] == [yuan("3333.00"), yuan("3333.00"), yuan("3334.01")]


def test_it_names_no_more_than_is_promised(street: Place) -> None:
    commitment = make_commitment(make_fund(street), 80_000)
    with pytest.raises(Refusal) as refused:
        make_agreement(street, commitment=commitment, amount=yuan("80000.01"))
    assert str(refused.value) == "已安排经费¥80,000.00，协议金额¥80,000.01，协议金额不能超出。"
    make_agreement(street, commitment=commitment)
    release(commitment, reason="终止", actor=None)
    with pytest.raises(Refusal):
        make_agreement(street, commitment=commitment)


def test_the_first_party_is_whom_the_street_chose(street: Place, contractor: Organization) -> None:
    given = {"street": street, "subject": Ref("places.place", street.pk), "grounds": Ref("places.place", new_key())}
    text = a_text(contractor)
    with pytest.raises(Refusal) as refused:
        services.draw_up(**given, text=text, actor=None)
    assert refused.value.code == "must-choose"
    choose_party(street)
    row = services.draw_up(**given, text=text, actor=None)
    assert [(party.side, party.name, party.credit_code) for party in row.parties.all()] == [
        (Side.FIRST, "清河里街道办事处", ""),
        (Side.SECOND, "暖邻社会工作服务中心", CODE),
    ]


def test_a_team_names_who_holds_the_money(street: Place, contractor: Organization) -> None:
    team = make_organization(street, "书画队", OrganizationKind.RESIDENT_TEAM)
    with pytest.raises(Refusal) as refused:
        make_agreement(street, parties=[Party(Side.SECOND, team)])
    assert refused.value.code == "no-legal-person"
    both = [Party(Side.SECOND, team), Party(Side.THIRD, contractor, credit_code=CODE, role="资金代管")]
    assert make_agreement(street, parties=both).parties.count() == 3


def test_numbers_run_by_street_and_year_without_gaps(street: Place) -> None:
    numbers = [make_agreement(street).number]
    with pytest.raises(Refusal):
        make_agreement(street, parts=())
    numbers.append(make_agreement(street).number)
    year = timezone.localdate().year
    assert numbers == [f"清河里街道协〔{year}〕1号", f"清河里街道协〔{year}〕2号"]


def test_all_offices_agree_before_it_may_be_signed(street: Place) -> None:
    row = make_agreement(street, amount=yuan(0))
    services.send_to_review(row, actor=None)
    for office in OpinionOffice:
        assert row.state == AgreementState.IN_REVIEW
        services.give_opinion(row, office=office, view=OpinionView.AGREE, actor=None)
    assert (row.state, queries.missing_opinions(row)) == (AgreementState.REVIEWED, [])


def test_an_office_that_wants_it_revised_makes_it_a_draft_again(street: Place) -> None:
    row = make_agreement(street)
    services.send_to_review(row, actor=None)
    with pytest.raises(Refusal):
        services.give_opinion(row, office=OpinionOffice.LEGAL, view=OpinionView.REVISE, actor=None)
    services.give_opinion(row, office=OpinionOffice.LEGAL, view=OpinionView.REVISE, text="补充违约条款", actor=None)
    assert (row.state, row.text_hash) == (AgreementState.DRAFTED, "")
    services.send_to_review(row, actor=None)
    assert (row.review, queries.missing_opinions(row)) == (2, OpinionOffice.values)


def test_one_person_speaks_for_one_office(street: Place) -> None:
    row = make_agreement(street)
    head = make_user(Role.SECTION_HEAD, street, password=None)
    services.send_to_review(row, actor=None)
    services.give_opinion(row, office=OpinionOffice.SECTION, view=OpinionView.AGREE, actor=head)
    with pytest.raises(Conflict):
        services.give_opinion(row, office=OpinionOffice.LEGAL, view=OpinionView.AGREE, actor=head)
    with pytest.raises(NotAllowed):
        services.give_opinion(row, office=OpinionOffice.FINANCE, view=OpinionView.AGREE, actor=head)


def test_a_change_after_review_reopens_it(street: Place, contractor: Organization) -> None:
    row = review(make_agreement(street))
    services.change(row, text=a_text(contractor, amount=yuan(70_000)), version=row.version, actor=None)
    assert (row.state, row.text_hash, row.amount) == (AgreementState.DRAFTED, "", yuan(70_000))
    with pytest.raises(Conflict):
        services.sign(row, scan=a_scan(), signed_on=DAY, actor=None)


def test_signed_needs_the_sealed_scan(street: Place) -> None:
    row = review(make_agreement(street, amount=yuan(0)))
    with pytest.raises(Refusal) as refused:
        services.sign(row, scan=None, signed_on=DAY, actor=None)
    assert str(refused.value) == "请上传盖章扫描件，没有扫描件不能登记签订。"
    with pytest.raises(Refusal):
        services.sign(row, scan=a_scan(), signed_on=timezone.localdate() + timedelta(days=1), actor=None)
    signature = services.sign(row, scan=a_scan(), signed_on=DAY, actor=None)
    stored = StoredFile.objects.get()
    assert (row.state, signature.sha256, signature.copies) == (AgreementState.SIGNED, stored.sha256, 2)
    assert AuditRow.objects.get(action="agreements.agreement.sign").ref_id == row.pk


def test_a_text_changed_behind_the_review_is_not_signed(street: Place) -> None:
    row = review(make_agreement(street, amount=yuan(0)))
    row.clauses.update(text="另一种说法")
    with pytest.raises(Refusal) as refused:
        services.sign(row, scan=a_scan(), signed_on=DAY, actor=None)
    assert (refused.value.code, Signature.objects.count(), StoredFile.objects.count()) == ("text-changed", 0, 0)


def test_money_without_a_promise_is_not_signed(street: Place) -> None:
    row = review(make_agreement(street))
    with pytest.raises(Refusal) as refused:
        services.sign(row, scan=a_scan(), signed_on=DAY, actor=None)
    assert refused.value.code == "no-commitment"


def test_signing_plans_the_instalments_of_the_commitment(street: Place) -> None:
    commitment = make_commitment(make_fund(street), 80_000)
    services.sign(review(make_agreement(street, commitment=commitment)), scan=a_scan(), signed_on=DAY, actor=None)
    assert [(part.amount, part.condition) for part in instalments_of(commitment)] == [
        (yuan(40_000), "签约后15个工作日内"),
        (yuan(32_000), "中期评估合格后"),
        (yuan(8_000), "结项验收后"),
    ]


def test_a_signed_agreement_is_archived_once_and_not_changed(street: Place, contractor: Organization) -> None:
    row = review(make_agreement(street, amount=yuan(0)))
    with pytest.raises(Refusal):
        services.archive(row, shelf="档案室2柜", actor=None)
    services.sign(row, scan=a_scan(), signed_on=DAY, actor=None)
    services.archive(row, shelf="档案室2柜", actor=None)
    assert row.shelf == "档案室2柜"
    with pytest.raises(Conflict):
        services.archive(row, shelf="档案室3柜", actor=None)
    with pytest.raises(Conflict):
        services.change(row, text=a_text(contractor), version=row.version, actor=None)
    row.refresh_from_db()
    services.end(row, reason="履行完毕", actor=None)
    assert row.state == AgreementState.ENDED


def test_a_draft_called_off_keeps_its_number(street: Place) -> None:
    row = make_agreement(street)
    services.call_off(row, reason="不再实施", actor=None)
    assert (row.state, make_agreement(street).serial) == (AgreementState.ENDED, 2)


def word(*paragraphs: str) -> ContentFile[bytes]:
    document, body = Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(body)
    return ContentFile(body.getvalue(), "模板.docx")


def test_the_streets_template_is_taken_by_version_and_used(street: Place) -> None:
    services.add_template(street=street, upload=word("{{ title }} 大写{{ amount|capitals }}"), actor=None)
    services.add_template(street=street, upload=word("第二版 {{ number }}"), actor=None)
    assert (make_agreement(street).template, AgreementTemplate.objects.count()) == (queries.template_of(street.pk), 2)


@pytest.mark.parametrize("text", ["{{ secret }}", "{{ title.__class__ }}", "{% import 'os' %}"])
def test_a_template_that_asks_for_more_is_refused(street: Place, text: str) -> None:
    with pytest.raises(Refusal):
        services.add_template(street=street, upload=word(text), actor=None)
    assert (AgreementTemplate.objects.count(), StoredFile.objects.count()) == (0, 0)


DESK = """
from linli.apps.agreements.tests.factories import make_agreement
from linli.apps.places.models import Place
print(" ".join(str(make_agreement(Place.objects.get(name="清河里街道")).serial) for _ in range(3)))
"""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_desks_that_draw_up_at_once_get_numbers_without_gap_or_double(
    street: Place, contractor: Organization, race: Callable[[str, list[tuple[str, ...]]], list[str]]
) -> None:
    told = race(DESK, [()] * 4)
    assert sorted(int(number) for line in told for number in line.split()) == list(range(1, 13))


def test_only_the_offices_the_street_asks_find_it_among_their_work(street: Place) -> None:
    desks = [make_user(role, street, password=None) for role in (Role.FINANCE_OFFICER, Role.LEADER)]
    row = make_agreement(street)
    services.send_to_review(row, actor=None)
    assert [queries.waiting_for_opinion(desk) for desk in desks] == [[(row, "finance")], [(row, "leader")]]
    settings.choose("agreements.offices", "科室，领导", street=street.pk, actor=None)
    assert [queries.waiting_for_opinion(desk) for desk in desks] == [[], [(row, "leader")]]
