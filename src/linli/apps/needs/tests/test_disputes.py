"""Disputes: seen by those named alone, mediated at two levels, referred with consent, no police file kept."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.support.remembering import remembered

from linli.apps.needs import services
from linli.apps.needs.kinds import police_words
from linli.apps.needs.models import Duty, Mediation, MediationLevel, MediationState, Need, Route, Sensitivity, StepKind
from linli.apps.needs.queries.mediations import mediations_for, outcomes
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.needs.tests.staff import HOUR, Street, make_street
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

DAY = timedelta(days=1)


@remembered
def make_dispute() -> tuple[Street, Mediation, User]:
    """A quarrel about fees in which the worker and the head are named; and somebody of the district."""
    street = make_street()
    above = make_user(Role.STREET_OFFICER, street.here.street.parent, name="区调解员")
    category = make_category("0901", name="邻里家庭纠纷", sensitivity=Sensitivity.DISPUTE)
    need = make_need(street.here.community, matter="物业费和停车费说不清。", category=None, actor=street.worker)
    services.analyse(need, category=category, route=Route.JOINT, actor=None, at=NOW)
    services.dispatch(need, unit=street.here.community, user=street.worker, actor=None, at=NOW)
    services.give_part(need, duty=Duty.LEADS, unit=street.here.street, user=street.head, actor=None, at=NOW)
    row = services.register_mediation(
        need, kind="property", parties=["业主", "物业公司"], actor=street.worker, at=NOW + HOUR
    )
    return street, row, above


def step(row: Mediation, actor: User, kind: str, text: str = "双方到场") -> None:
    services.note_mediation_step(row, kind=kind, text=text, actor=actor, at=NOW + 2 * HOUR)


@pytest.mark.django_db
def test_a_dispute_goes_from_registered_to_agreed_by_its_four_steps() -> None:
    street, row, _above = make_dispute()
    with pytest.raises(Conflict):
        step(row, street.worker, "talk")
    services.accept_mediation(row, actor=street.worker)
    step(row, street.worker, "party_leads")
    assert row.state == MediationState.MEDIATING
    with pytest.raises(Refusal, match="百姓说事"):
        step(row, street.worker, "judge_explains")
    with pytest.raises(Refusal, match="百姓说事"):
        services.fail(row, result="谈不拢", actor=street.worker)
    for kind in ("residents_speak", "judge_explains", "community_solves"):
        step(row, street.worker, kind)
    assert services.missing_steps(row) == []
    services.agree(row, result="分三次补交，停车费按小区公约", actor=street.worker, at=NOW + DAY)
    assert (row.state, row.ended_at) == ("agreed", NOW + DAY)


@pytest.mark.django_db
def test_nobody_is_referred_without_the_consent_of_every_party() -> None:
    street, row, _above = make_dispute()
    services.accept_mediation(row, actor=street.worker)
    first, second = row.parties.select_related("mediation__need")
    services.note_consent(first, how="paper", actor=street.worker)
    with pytest.raises(Refusal, match="物业公司"):
        services.refer(row, court="和安区人民法院诉前调解中心", result="转诉前调解", actor=street.worker)
    services.note_consent(second, how="spoken", actor=street.worker)
    with pytest.raises(Conflict):
        services.note_consent(second, how="paper", actor=street.worker)
    with pytest.raises(Refusal):
        services.refer(row, court=" ", result="转诉前调解", actor=street.worker)
    services.refer(row, court="和安区人民法院诉前调解中心", result="转诉前调解", actor=street.worker)
    assert (row.state, row.court) == ("referred", "和安区人民法院诉前调解中心")


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("text", "is_police"),
    [
        ("接警单 20260401 记录如下", True),
        ("询问笔录第二页", True),
        ("行政处罚决定书已送达", True),
        ("受案回执编号见附件", True),
        ("双方在社区谈了两次，物业费分三次补交", False),
        ("楼上漏水，两家商定各付一半", False),
    ],
)
def test_what_comes_out_of_a_police_file_is_recognised(text: str, *, is_police: bool) -> None:
    assert bool(police_words(text)) is is_police


@pytest.mark.django_db
def test_no_police_file_and_no_telephone_is_written_into_a_dispute() -> None:
    street, row, _above = make_dispute()
    services.accept_mediation(row, actor=street.worker)
    for text in ("据接警单记录，双方动手", "业主电话13800010001"):
        with pytest.raises(Refusal):
            step(row, street.worker, "talk", text)
    with pytest.raises(Refusal, match="公安"):
        services.agree(row, result="见询问笔录", actor=street.worker)
    assert row.steps.count() == 0


@pytest.mark.django_db
def test_only_those_named_see_a_dispute(client: Client) -> None:
    street, row, above = make_dispute()
    people = (street.worker, street.head, street.colleague, street.secretary, street.leader, above)
    seen = [mediations_for(one).count() for one in people]
    assert seen == [1, 1, 0, 0, 0, 0]
    with pytest.raises(NotAllowed):
        services.accept_mediation(row, actor=street.secretary)
    client.force_login(street.secretary)
    assert client.get(f"/desk/needs/disputes/{row.pk}/").status_code == 404


@pytest.mark.django_db
def test_a_dispute_is_raised_to_somebody_of_the_district_once() -> None:
    street, row, above = make_dispute()
    services.accept_mediation(row, actor=street.head)
    step(row, street.head, "party_leads")
    services.raise_level(row, user=above, reason="牵涉全区物业", actor=street.head, at=NOW + DAY)
    assert (row.level, row.state, mediations_for(above).count()) == (MediationLevel.DISTRICT, "mediating", 1)
    with pytest.raises(Refusal):
        services.raise_level(row, user=above, reason="再上", actor=street.head, at=NOW + DAY)


@pytest.mark.django_db
def test_the_rate_is_told_by_level_matter_and_place_without_small_numbers() -> None:
    street, row, _above = make_dispute()
    kinds: list[dict[str, Any]] = [{"level": "street", "state": "agreed"}] * 5
    kinds += [{"level": "street", "state": "failed"}, {"level": "district", "state": "agreed"}]
    for one in kinds:
        need = make_need(street.here.community)
        Need.objects.filter(pk=need.pk).update(sensitivity=Sensitivity.DISPUTE)
        Mediation.objects.create(
            need=need, street=row.street, place=row.place, kind="neighbours", registered_at=NOW, ended_at=NOW,
            result="有结果", **one,
        )  # fmt: skip
    found = outcomes(street.leader, since=NOW.date(), until=NOW.date(), least=5)
    elsewhere = make_user(Role.COMMUNITY_WORKER, street.here.other_community)
    none = outcomes(elsewhere, since=NOW.date(), until=NOW.date(), least=1)

    lines = [(line.agreed, line.failed, line.raised, line.rate) for line in found.levels]
    assert (lines, found.hidden) == ([(5, 1, 1, "71.4")], True)
    assert [(line.name, line.ended) for line in found.matters] == [("邻里纠纷", 7)]
    assert (none.levels, none.places) == ([], [])


@pytest.mark.django_db
def test_the_pages_lead_from_registering_to_the_result(client: Client) -> None:
    street, row, _above = make_dispute()
    client.force_login(street.worker)
    page = f"/desk/needs/disputes/{row.pk}/"
    accepted = client.post(f"{page}do/accept/", {})
    noted = client.post(f"{page}do/step/", {"kind": StepKind.PARTY_LEADS, "text": "楼门党小组牵头"})
    refused = client.post(f"{page}do/agree/", {"result": "见询问笔录"})
    agreed = client.post(f"{page}do/agree/", {"result": "分三次补交"})
    codes = [one.status_code for one in (accepted, noted, refused, agreed)]
    shown = client.get(page).text
    assert codes == [302, 302, 422, 302]
    assert ("楼门党小组牵头" in shown, "分三次补交" in shown) == (True, True)
    assert "物业" in client.get("/desk/needs/disputes/").text
    assert page in client.get(f"/desk/needs/{row.need_id}/").text
