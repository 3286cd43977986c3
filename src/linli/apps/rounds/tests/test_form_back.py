"""A proposal leaves as a Word or Excel form and comes back into the draft."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.apps.rounds import services
from linli.apps.rounds.models import Proposal
from linli.apps.rounds.tables.proposal_form import form_of, given
from linli.apps.rounds.tests.factories import fill, make_programme, make_round, start
from linli.kernel.scope import Role
from linli.kernel.tables.bound import write_docx, write_workbook

pytestmark = pytest.mark.django_db
LINES = [{"head": "materials", "item": "书架", "unit_price": "300.00", "quantity": "2", "unit": "组"}]
INDICATORS = [{"name": "读书会", "baseline": "0", "target": "6", "unit": "场", "due_on": "2026-10-31"}]


@pytest.fixture(scope="module")
def scene(module_db: None) -> tuple[Client, Proposal]:
    """The secretary of a community at the browser, and a filled draft of it."""
    area = make_district()
    intake = make_round(make_programme(area.street))
    browser = Client()
    browser.force_login(make_user(Role.COMMUNITY_SECRETARY, area.community))
    return browser, fill(start(intake, area.community))


def uploaded(scene: tuple[Client, Proposal], write: Callable[..., bytes], **other: Any) -> Any:
    browser, proposal = scene
    form = form_of(proposal.round)
    body = write(form, values={**given(proposal, form), **other})
    return browser.post(f"/proposals/{proposal.pk}/form/", {"file": SimpleUploadedFile("申报书.docx", body)})


def taken(scene: tuple[Client, Proposal], page: Any) -> Any:
    (read,) = re.findall(r'name="read" value="([^"]+)"', page.content.decode())
    return scene[0].post(f"/proposals/{scene[1].pk}/form/", {"read": read})


@pytest.mark.parametrize("write", [write_docx, write_workbook])
def test_it_takes_the_form_into_the_draft_in_one_piece(scene: tuple[Client, Proposal], write: Any) -> None:
    page = uploaded(scene, write, title="楼门口的书屋", asked="600.00", lines=LINES, indicators=INDICATORS)
    assert [words in page.content.decode() for words in ("楼门口的书屋", "书架", "读书会")] == [True] * 3
    before = Proposal.objects.get(pk=scene[1].pk)
    assert before.title == "楼门口的议事角"
    assert taken(scene, page).status_code == 302
    now = Proposal.objects.get(pk=before.pk)
    assert (now.title, now.asked, now.category_id, now.background) == (
        "楼门口的书屋", Decimal("600.00"), before.category_id, before.background,
    )  # fmt: skip
    assert list(now.lines.values_list("item", "amount", "source")) == [("书架", Decimal("600.00"), "asked")]
    assert list(now.indicators.values_list("name", "target")) == [("读书会", Decimal("6.00"))]


def test_a_form_that_was_not_changed_changes_nothing(scene: tuple[Client, Proposal]) -> None:
    form = form_of(scene[1].round)
    before = given(Proposal.objects.get(pk=scene[1].pk), form)
    taken(scene, uploaded(scene, write_docx))
    assert given(Proposal.objects.get(pk=scene[1].pk), form) == before


def test_it_lists_what_cannot_be_taken_and_leaves_it_out(scene: tuple[Client, Proposal]) -> None:
    wrong = [{**LINES[0], "unit_price": "三百"}]
    page = uploaded(scene, write_docx, beneficiary_count="很多", site="南里广场", lines=wrong)
    text = page.content.decode()
    assert [words in text for words in ("2个栏目无法接收", "不是整数", "第1行“单价”")] == [True] * 3
    taken(scene, page)
    now = Proposal.objects.get(pk=scene[1].pk)
    assert (now.site, now.beneficiary_count, now.lines.count()) == ("南里广场", 600, 2)


def test_it_takes_nothing_of_a_budget_the_rules_refuse(scene: tuple[Client, Proposal]) -> None:
    wrong = [{**LINES[0], "quantity": "0"}]
    answer = taken(scene, uploaded(scene, write_docx, title="另一个", lines=wrong))
    assert (answer.status_code, Proposal.objects.get(pk=scene[1].pk).title) == (422, "楼门口的议事角")


def test_it_takes_nothing_when_somebody_saved_meanwhile(scene: tuple[Client, Proposal]) -> None:
    page = uploaded(scene, write_docx, title="另一个")
    services.save_section(scene[1], seen=None, actor=None, goal="改过。")
    assert (taken(scene, page).status_code, Proposal.objects.get(pk=scene[1].pk).goal) == (422, "改过。")


def test_it_takes_no_words_that_it_did_not_read_itself(scene: tuple[Client, Proposal]) -> None:
    answer = scene[0].post(f"/proposals/{scene[1].pk}/form/", {"read": "abc:def"})
    assert (answer.status_code, "请重新上传" in answer.content.decode()) == (422, True)
