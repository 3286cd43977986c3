"""The pages of rounds: the editor keeps what is typed, closed doors keep it too, sealed proposals show nowhere."""

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.rounds import services
from linli.apps.rounds.models import Idea, Phase, Proposal, Round
from linli.apps.rounds.services import Proposer
from linli.apps.rounds.tests.factories import PDF, fill, make_programme, make_proposal, make_round, start
from linli.kernel import files
from linli.kernel.contributions.registry import slots
from linli.kernel.documents import IssuedNumber
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


@dataclass(frozen=True)
class Scene:
    """A round that runs today, its officer and a community that writes a proposal."""

    district: District
    intake: Round
    officer: User
    secretary: User
    proposal: Proposal


@pytest.fixture
def scene() -> Scene:
    district = make_district()
    intake = make_round(make_programme(district.street), "contest", at=timezone.now())
    officer = make_user(Role.STREET_OFFICER, district.street)
    secretary = make_user(Role.COMMUNITY_SECRETARY, district.community)
    return Scene(district, intake, officer, secretary, start(intake, district.community, at=timezone.now()))


def door(user: User | None) -> Client:
    client = Client(headers={"accept-language": "en"})
    if user is not None:
        client.force_login(user)
    return client


def section(scene: Scene, code: str, **data: Any) -> tuple[str, dict[str, Any]]:
    """The address of a section and what its form sends."""
    proposal = Proposal.objects.get(pk=scene.proposal.pk)
    rows = {"rows-TOTAL_FORMS": "0", "rows-INITIAL_FORMS": "0"}
    return f"/proposals/{proposal.pk}/edit/{code}/", {"version": proposal.version, **rows, **data}


@pytest.mark.parametrize("page", ["edit/basics/", "", "do/submit/", "revisions/"])
def test_it_keeps_the_desks_menu_for_staff_and_shows_residents_the_portal(scene: Scene, page: str) -> None:
    team = make_user(Role.ORGANIZATION_MANAGER, organization=make_organization(scene.district.community))
    services.set_proposers(
        scene.proposal,
        [
            Proposer(place=scene.district.community, share=Decimal(50)),
            Proposer(organization=team.posts.get().organization, share=Decimal(50), is_lead=False),
        ],
        seen=None,
        actor=None,
    )
    address = f"/proposals/{scene.proposal.pk}/{page}"
    frames = [door(user).get(address).content.decode() for user in (scene.secretary, team)]
    assert ['class="nav-bar"' in text for text in frames] == [True, False]
    assert ['class="hotline"' in text for text in frames] == [False, True]
    assert 'href="/desk/rounds/" aria-current="page"' in frames[0]


def test_it_saves_while_one_types_and_says_when(scene: Scene) -> None:
    address, data = section(scene, "work", steps="先选址")
    answer = door(scene.secretary).post(address, data, headers={"X-Autosave": "1"})
    scene.proposal.refresh_from_db()
    told = answer.json()
    assert (answer.status_code, scene.proposal.steps, told["version"]) == (200, "先选址", scene.proposal.version)
    assert sorted(told) == ["done", "percent", "saved", "version"]
    assert "work" in told["done"]


def test_it_tells_who_saves_quietly_that_somebody_was_first(scene: Scene) -> None:
    address, data = section(scene, "work", steps="甲")
    services.save_section(scene.proposal, seen=None, actor=None, steps="乙")
    answer = door(scene.secretary).post(address, data, headers={"X-Autosave": "1"})
    assert answer.status_code == 409
    assert door(scene.secretary).post(address, data).status_code == 409
    assert Proposal.objects.get(pk=scene.proposal.pk).steps == "乙"


def test_it_keeps_a_budget_without_any_script(scene: Scene) -> None:
    line = {"head": "materials", "item": "桌椅", "unit_price": "¥133.20", "quantity": "2.5", "source": "asked"}
    address, data = section(scene, "budget", asked="333.00", own="0")
    data |= {"rows-TOTAL_FORMS": "2", **{f"rows-0-{name}": value for name, value in line.items()}}
    data |= {"rows-1-head": "materials", "rows-1-source": "asked"}
    answer = door(scene.secretary).post(address, data)
    assert answer.status_code == 302
    assert [one.amount for one in scene.proposal.lines.all()] == [Decimal("333.00")]
    assert "¥333.00" in door(scene.secretary).get(address).content.decode()


@pytest.mark.parametrize(("price", "count"), [("1.005", "1"), ("0.01", "0.55")])
def test_it_shows_the_form_again_for_three_decimals(scene: Scene, price: str, count: str) -> None:
    address, data = section(scene, "budget", asked="1", own="0")
    data |= {"rows-TOTAL_FORMS": "1", "rows-0-head": "materials", "rows-0-item": "桌椅很多", "rows-0-source": "asked"}
    answer = door(scene.secretary).post(address, data | {"rows-0-unit_price": price, "rows-0-quantity": count})
    assert answer.status_code == 422
    assert "桌椅很多" in answer.content.decode()
    assert scene.proposal.lines.count() == 0


def test_it_marks_a_line_the_money_is_not_for(scene: Scene) -> None:
    lines = [services.Line("other", "办公用品", "10", "1")]
    services.set_lines(scene.proposal, lines, seen=None, actor=None)
    page = door(scene.secretary).get(f"/proposals/{scene.proposal.pk}/edit/budget/").content.decode()
    assert page.count("（宝应）：不得用于办公经费") == 2  # beside the line, and what the module reads


def test_it_leads_to_the_section_where_something_is_missing(scene: Scene) -> None:
    fill(scene.proposal, at=timezone.now())
    services.save_section(scene.proposal, seen=None, actor=None, steps="")
    answer = door(scene.secretary).post(f"/proposals/{scene.proposal.pk}/do/submit/", {})
    assert answer.headers["Location"] == f"/proposals/{scene.proposal.pk}/edit/work/"


def test_it_keeps_masked_names_when_the_form_comes_back_unchanged(scene: Scene) -> None:
    services.save_section(scene.proposal, seen=None, actor=None, contact_name="王小芳", contact_phone="13800000003")
    address, data = section(scene, "proposers", contact_name="王**", contact_phone="138****0003")
    masked = str(Proposal.objects.get(pk=scene.proposal.pk).contact_name)
    data |= {"contact_name": masked, "rows-TOTAL_FORMS": "1", "rows-0-place": str(scene.district.community.pk)}
    data |= {"rows-0-share": "100", "rows-0-is_lead": "on"}
    data |= {"rows-INITIAL_FORMS": "1"}
    assert door(scene.secretary).post(address, data).status_code == 302
    kept = Proposal.objects.get(pk=scene.proposal.pk)
    assert kept.contact_name.for_machine(because="test") == "王小芳"
    assert kept.contact_phone.for_machine(because="test") == "13800000003"


def closed(scene: Scene) -> None:
    Phase.objects.filter(round=scene.intake, code="call").update(closes_at=timezone.now() - timedelta(minutes=1))


def test_it_keeps_an_idea_on_the_page_when_the_phase_closes_while_it_is_typed(scene: Scene) -> None:
    address = f"/calls/{scene.intake.pk}/idea/"
    stranger = door(None)
    assert stranger.get(address).status_code == 200
    closed(scene)
    told = {"place": str(scene.district.community.pk), "title": "种花", "text": "和邻居一起在楼下种花"}
    answer = stranger.post(address, told)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "和邻居一起在楼下种花" in page
    assert "only an access code of the street opens it again" in page
    assert Idea.objects.count() == 0


def test_it_keeps_a_proposal_when_the_phase_closes_while_it_is_typed(scene: Scene) -> None:
    fill(scene.proposal, at=timezone.now())
    address, data = section(scene, "work", steps="最后一句话")
    closed(scene)
    client = door(scene.secretary)
    assert client.post(address, data).status_code == 302
    answer = client.post(f"/proposals/{scene.proposal.pk}/do/submit/", {})
    scene.proposal.refresh_from_db()
    assert (answer.status_code, scene.proposal.state, scene.proposal.steps) == (422, "draft", "最后一句话")
    assert "only an access code of the street opens it again" in answer.content.decode()


def _cells(body: bytes) -> str:
    """All text of a workbook."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_it_shows_a_sealed_proposal_on_no_page_and_in_no_paper(scene: Scene) -> None:
    sealed = make_proposal(scene.intake, scene.district.other_community, title="银铃助浴", at=timezone.now())
    client = door(scene.officer)
    page = client.get(f"/desk/rounds/{scene.intake.pk}/").content.decode()
    assert ("银铃助浴" in page, "1 handed in" in page) == (False, True)
    workbook = client.get(f"/desk/rounds/{scene.intake.pk}/export/").getvalue()
    assert "银铃助浴" not in _cells(workbook)
    assert (
        "银铃助浴" not in client.get("/desk/search/?q=银铃助浴").content.decode().replace('value="银铃助浴"', "")[5000:]
    )
    for address in ("", "revisions/", "papers/form/", "edit/basics/", "do/accept/"):
        assert client.get(f"/proposals/{sealed.pk}/{address}").status_code == 404
    stored = files.files_of(ref_of(sealed.surveys.get())).get()
    assert client.get(f"/files/{stored.pk}/").status_code == 404


def test_it_shows_it_in_list_workbook_and_paper_once_it_was_opened(scene: Scene) -> None:
    sealed = make_proposal(scene.intake, scene.district.other_community, title="银铃助浴", at=timezone.now())
    closed(scene)
    for user, verb, said in (
        (scene.officer, "begin_opening", {"where": "三层会议室"}),
        (make_user(Role.AUDITOR, scene.district.street), "open_seals", {}),
    ):
        answer = door(user).post(f"/desk/rounds/{scene.intake.pk}/do/{verb}/", said)
        assert answer.status_code == 302
    client = door(scene.officer)
    assert "银铃助浴" in client.get(f"/desk/rounds/{scene.intake.pk}/").content.decode()
    assert "银铃助浴" in _cells(client.get(f"/desk/rounds/{scene.intake.pk}/export/").getvalue())
    assert client.get(f"/proposals/{sealed.pk}/").status_code == 200


def test_it_declares_a_slot_for_parts_of_later_apps(scene: Scene) -> None:
    answer = door(scene.secretary).get(f"/proposals/{scene.proposal.pk}/")
    assert (slots()["rounds.proposal.advice"].budget, answer.context["parts"]) == (2, [])


@pytest.mark.slow
def test_it_prints_the_papers_one_to_seven(scene: Scene) -> None:
    import pypdfium2

    proposal = fill(scene.proposal, at=timezone.now())
    texts = {}
    client = door(scene.secretary)
    addresses = [f"/desk/rounds/{scene.intake.pk}/papers/{what}/" for what in ("call", "plan", "summary")]
    addresses += [f"/proposals/{proposal.pk}/papers/{what}/" for what in ("survey", "discussions", "form", "check")]
    for address in addresses:
        paper = pypdfium2.PdfDocument(client.get(address).getvalue())
        texts[address.split("/")[-2]] = "".join(one.get_textpage().get_text_bounded() for one in paper)
        paper.close()
    wanted = {
        "call": "代拟稿", "plan": "倒排时间表", "summary": "填报单位", "survey": "八成希望有议事场地",
        "discussions": "承诺",
        "form": "伍仟元整", "check": "审定额",
    }  # fmt: skip
    assert [what for what, words in wanted.items() if words not in texts[what].replace("\r\n", "")] == []
    assert "王某某" in texts["form"]
    flat = {what: "".join(text.split()) for what, text in texts.items()}
    serial = f"清河里街道-2026-{scene.intake.number:02d}"
    assert [what for what, text in flat.items() if serial not in text or "第1页" not in text] == []


def test_it_hands_the_notice_of_the_call_out_as_a_word_draft(scene: Scene) -> None:
    import docx

    address = f"/desk/rounds/{scene.intake.pk}/papers"
    client = door(scene.officer)
    draft = docx.Document(io.BytesIO(client.get(f"{address}/call/docx/").getvalue()))
    lines = [line.text for line in draft.paragraphs]
    assert (lines[0], "附件5" in lines, "清河里街道办事处文件" in lines) == ("代拟稿", True, True)
    assert client.get(f"{address}/summary/docx/").status_code == 404


def test_a_number_is_recorded_back_and_put_right_on_the_page_of_issued_papers(scene: Scene) -> None:
    client, base = door(scene.officer), f"/desk/issued/rounds.round/{scene.intake.pk}/"
    scan = io.BytesIO(PDF)
    scan.name = "盖章件.pdf"
    sent = {"paper": "申报通知", "unit": "清河里街道办事处", "number": "清街发〔2026〕12号", "issued_on": "2026-03-02"}
    assert client.post(f"{base}new/", {**sent, "number": "十二"}).status_code == 422
    assert client.post(f"{base}new/", {**sent, "scan": scan}).status_code == 302
    row = IssuedNumber.objects.get()
    change = {"number": "清街发〔2026〕21号", "issued_on": "2026-03-02", "reason": "数字颠倒"}
    text = client.post(f"{base}{row.pk}/", change, follow=True).content.decode()
    assert ("清街发〔2026〕21号" in text, "<s>清街发〔2026〕12号</s>" in text, "数字颠倒" in text) == (True, True, True)
