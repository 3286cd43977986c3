"""What a panel advised last year stands beside what the same unit proposes this year (A14)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.projects.services import closing as services
from linli.apps.projects.services.closing import AdviceText
from linli.apps.projects.tests.factories import make_project
from linli.apps.rounds import services as rounds
from linli.apps.rounds.models import Proposal
from linli.apps.rounds.tests.factories import NOW, fill, make_programme, make_round, start
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
HEADING = "往年评审意见"


@pytest.fixture(scope="module")
def district(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def proposals(district: District) -> dict[str, Proposal]:
    """This year's proposal of a unit that was advised last year and this year, and of one that never was."""
    intake = make_round(make_programme(district.street), "contest", sealed=False)
    made = {}
    for name in ("暖心服务中心", "邻里互助社"):
        body = make_organization(district.community, name)
        made[name] = fill(start(intake, district.community, body, title=f"{name}的新项目"))
        rounds.submit(made[name], actor=None, at=NOW)
        if name == "暖心服务中心":
            for year, suggestion in ((2025, "做前后对比"), (2026, "今年才提的意见")):
                advised(district, body, year, suggestion)
    return made


def advised(district: District, body: Any, year: int, suggestion: str) -> None:
    """A project of that year with one opinion, followed in part."""
    project = make_project(district.community, body, title=f"{year}年项目", year=year)
    sheet = services.hand_over_opinions(
        project, items=[AdviceText("数据少", suggestion)], source="结项评审第一组", actor=None
    )
    services.answer_advice(
        sheet.items.get(), taken="partly", reason="人手不足", measure="补做后测", until=date(2027, 3, 1), actor=None,
        at=timezone.now() - timedelta(minutes=1),
    )  # fmt: skip


def shown(district: District, proposal: Proposal) -> str:
    client = Client(headers={"accept-language": "zh-CN"})
    officer = make_user(Role.STREET_OFFICER, district.street, password=None)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/desk/rounds/proposals/{proposal.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_advice_of_last_year_stands_beside_next_years_proposal(
    district: District, proposals: dict[str, Proposal]
) -> None:
    text = shown(district, proposals["暖心服务中心"])
    words = (HEADING, "2025年项目", "做前后对比", "部分采纳", "人手不足", "今年才提的意见")
    assert [one in text for one in words] == [True, True, True, True, True, False]


def test_a_proposal_of_somebody_never_advised_shows_nothing(district: District, proposals: dict[str, Proposal]) -> None:
    assert HEADING not in shown(district, proposals["邻里互助社"])
