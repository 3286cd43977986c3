"""What leaves the closing review: pages, papers, slides, the archive, the public page."""

import hashlib
import io
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from docx import Document
from PIL import Image
from pptx import Presentation

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.projects.models import Evidence, ProjectIndicator, Showcase
from linli.apps.projects.queries.closing.deck import SAMPLE, filled, plain_deck
from linli.apps.projects.services import closing as services
from linli.apps.projects.tables.archive import stream
from linli.apps.projects.tables.closing import (
    account_paper,
    certificate,
    closing_report,
    satisfaction_paper,
    story_paper,
)
from linli.apps.projects.tables.summary import figures_of_year, summary_paper
from linli.apps.projects.tests.factories import make_project
from linli.apps.projects.tests.test_closing import NOW, TEXTS, Case, accepted, answered
from linli.apps.rounds.tests.factories import make_programme
from linli.apps.surveys.tests.factories import Street
from linli.kernel import publication
from linli.kernel.documents import Layout, write_paper
from linli.kernel.errors import Refusal
from linli.kernel.files import StoredFile, photos
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.site.cli import found as commands_found
from linli.site.cli import parser_of

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def picture(colour: str) -> ContentFile[bytes]:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    return ContentFile(out.getvalue(), name=f"{colour}.jpg")


def door(user: User) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture(scope="module")
def street(module_db: None) -> Street:
    return Street()


@pytest.fixture(scope="module")
def case(street: Street) -> Case:
    """A graded project with photos, evidence on paper, opinions, a prize, a story."""
    project = make_project(street.community)
    ProjectIndicator.objects.filter(project=project).update(actual=Decimal(6100), actual_on=date(2026, 11, 30))
    for colour in ("red", "green", "blue"):
        photos.take_in(picture(colour), owner=ref_of(project), actor=None)
    one = Evidence.objects.filter(milestone__project=project).first()
    assert one is not None
    Evidence.objects.filter(pk=one.pk).update(on_paper="档案柜2层", given_on=date(2026, 10, 1))
    answered(street, project, 10, satisfied=9)
    made = accepted(Case(project, services.open_closing(project, actor=None, at=NOW)))
    services.give_grade(made.closing, score=Decimal(88), grounds="结项评审会", actor=None, at=NOW)
    return made.reload()


@pytest.fixture(scope="module")
def officer(street: Street) -> Client:
    return door(make_user(Role.STREET_OFFICER, street.district.street, password=None))


def unzipped(case: Case) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(stream(case.project))))


def rows_of(archive: zipfile.ZipFile, name: str) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    assert book.active is not None
    return list(book.active.iter_rows(values_only=True))


def test_the_archive_holds_every_paper_with_its_catalogue_and_hashes(case: Case) -> None:
    archive = unzipped(case)
    rows = rows_of(archive, "卷内目录.xlsx")
    assert rows[0][:9] == ("件号", "责任者", "文号", "题名", "日期", "密级", "页数", "保管期限", "存放")
    assert [row[3] for row in rows[1:]] == ["结项报告", "经费决算表", "满意度统计表", "red", "green", "blue"]
    assert [row[6] for row in rows[1:]] == ["打印后填"] * 3 + [1] * 3
    assert {row[7] for row in rows[1:]} == {"30年"}
    listed = dict(line.split("  ")[::-1] for line in archive.read("校验值SHA256.txt").decode().splitlines())
    assert listed == {row[9]: row[10] for row in rows[1:]}
    assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in listed} == listed


def test_the_archive_lists_what_is_only_on_paper(case: Case) -> None:
    rows = rows_of(unzipped(case), "纸质材料核对单.xlsx")
    assert [row[3] for row in rows[1:]] == ["档案柜2层", None]
    assert rows[-1][1] == "结项报告签章页"


def test_the_archive_names_a_file_the_store_lost(case: Case) -> None:
    lost = photos.of(ref_of(case.project)).first()
    assert lost is not None
    StoredFile.objects.filter(pk=lost.stored_id).update(key="files/00/nothing")
    rows = rows_of(unzipped(case), "卷内目录.xlsx")
    assert [row[8] for row in rows if row[3] == "red"] == ["原件缺失，请向管理员核查"]


def words(content: bytes) -> str:
    slides = Presentation(io.BytesIO(content))
    return "\n".join(
        cell.text if kind else shape.text_frame.text
        for slide in slides.slides
        for shape in slide.shapes
        for kind in [shape.has_table]
        for cell in (list(shape.table.iter_cells()) if kind else [None])
        if kind or shape.has_text_frame
    )


def test_slides_are_filled_from_the_records(case: Case, officer: Client) -> None:
    answer = officer.get(reverse("projects:closing_slides", args=[case.project.pk]))
    said = words(answer.getvalue())
    shown = ("银龄助餐", "槐荫社区", "助餐人次", "6100", "满意率90.0%", TEXTS["effect"])
    assert [one in said for one in shown] == [True] * len(shown)
    assert "{{" not in said


def deck_with(text: str) -> bytes:
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    slide.shapes.add_textbox(0, 0, 3000000, 1000000).text_frame.text = text
    out = io.BytesIO()
    slides.save(out)
    return out.getvalue()


def test_a_street_brings_its_own_slides(case: Case, street: Street) -> None:
    upload = io.BytesIO(deck_with("{{title}}：{{ 承接单位 }}"))
    upload.name = "模板.pptx"
    services.add_slides(street=street.district.street, upload=upload, actor=None)
    from linli.apps.projects.tables.slides import slides_of

    assert words(slides_of(case.closing)) == "银龄助餐：槐荫社区"


@pytest.mark.parametrize("content", [b"PK\x03\x04", deck_with("{{password}}"), b"%PDF-1.4"])
def test_slides_nobody_can_fill_are_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        filled(content, SAMPLE)


def test_slides_with_a_link_to_outside_are_refused() -> None:
    slides = Presentation(io.BytesIO(plain_deck()))
    run = slides.slides[0].shapes[0].text_frame.paragraphs[0].runs[0]
    run.hyperlink.address = "https://example.org/track"
    out = io.BytesIO()
    slides.save(out)
    with pytest.raises(Refusal):
        filled(out.getvalue(), SAMPLE)


def test_the_page_shows_what_is_missing_and_what_to_do(case: Case, officer: Client) -> None:
    text = officer.get(reverse("projects:closing", args=[case.project.pk])).content.decode()
    assert ["优秀（A）" in text, "满意率90.0%" in text, "缺少佐证材料" in text] == [True, True, True]


def test_a_file_is_written_on_the_page(street: Street) -> None:
    project = make_project(street.community)
    client = door(make_user(Role.COMMUNITY_WORKER, street.community, password=None))
    do = lambda verb, said: client.post(reverse("projects:closing_do", args=[project.pk, verb]), said)  # noqa: E731
    assert do("open", {}).status_code == 302
    assert do("write", {**TEXTS, "seen": 0, "users": 10}).status_code == 302
    assert do("submit", {}).status_code == 302
    project.refresh_from_db()
    assert (project.closing.state, project.closing.users, project.state) == ("submitted", 10, "closing")
    late = do("write", {**TEXTS, "goal": "改写以后的目标写得更长一些，超过二十个字。", "seen": 1})
    assert (late.status_code, "已提交并锁定" in late.content.decode()) == (422, True)
    assert do("accept", {}).status_code == 403


@pytest.mark.slow
def test_papers_come_as_word_files_with_figures_from_the_rows(case: Case, officer: Client) -> None:
    prize = services.give_prize(
        case.project, title="优秀提案项目", year=2026, given_on=date(2026, 11, 30), number="8号", actor=None, at=NOW
    )
    address = reverse("projects:closing_told", args=[case.project.pk, "certificate", prize.pk, "docx"])
    certificate = Document(io.BytesIO(officer.get(address).getvalue()))
    report = Document(io.BytesIO(officer.get(
        reverse("projects:closing_paper", args=[case.project.pk, "report", "docx"])
    ).getvalue()))  # fmt: skip
    said = "\n".join(one.text for one in certificate.paragraphs)
    cells = [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert ["优秀提案项目" in said, "6100" in cells, "101.7%" in cells] == [True, True, True]


def test_papers_bear_the_day_of_what_they_tell_and_tables_lie_across(case: Case, street: Street) -> None:
    project, closing = case.project, case.closing
    assert closing.submitted_at is not None
    handed_in = timezone.localdate(closing.submitted_at)
    told = services.write_story(project, title="汤", text="热汤", unit="社区", author="某人", actor=None, at=NOW)
    prize = services.give_prize(project, title="好", year=2026, given_on=date(2026, 11, 29), actor=None, at=NOW)
    year = services.write_summary(make_programme(street.district.street), year=2025, actor=None, at=NOW)
    papers = [
        closing_report(closing),
        account_paper(closing),
        story_paper(told),
        certificate(prize),
        summary_paper(year),
    ]
    now = timezone.localdate(NOW)
    assert [one.day for one in papers] == [handed_in, handed_in, now, date(2026, 11, 29), now]
    asked = satisfaction_paper(closing)
    assert (papers[1].layout, asked.layout) == (Layout.TABLE, Layout.TABLE)
    assert "90.0%（n=10）" in [cell for row in asked.blocks[0].rows for cell in row]  # type: ignore[union-attr]  # its table


def test_the_summary_has_four_sections_and_figures_from_the_rows(street: Street, case: Case) -> None:
    programme = make_programme(street.district.street)
    summary = services.write_summary(programme, year=2026, outlook="明年扩大到三个社区。", actor=None, at=NOW)
    counted = figures_of_year(summary)
    text = "\n".join(one.text for one in Document(io.BytesIO(write_paper(summary_paper(summary)))).paragraphs)
    heads = ("一、项目概况", "二、实施情况", "三、项目的成长性", "四、项目展望", "明年扩大到三个社区。")
    assert ([one in text for one in heads], counted.projects) == ([True] * 5, 0)


def test_the_pictures_of_the_public_page_are_chosen_in_its_form(case: Case, officer: Client) -> None:
    first, second = photos.of(ref_of(case.project))[:2]
    page = reverse("projects:closing_do", args=[case.project.pk, "showcase"])
    sent = {"title": "一碗热汤", "text": "六千余人次吃上热饭。", "before": str(first.pk), "after": ""}
    assert [officer.post(page, sent | more).status_code for more in ({"before": "x"}, {})] == [422, 302]
    row = Showcase.objects.get(project=case.project)
    assert (row.before, row.after) == (first.pk, None)
    assert officer.post(page, sent | {"after": str(second.pk)}).status_code == 302
    row.refresh_from_db()
    assert row.after == second.pk


def test_the_public_page_appears_after_check_and_sign_off_and_names_nobody(case: Case, street: Street) -> None:
    first, second = photos.of(ref_of(case.project))[:2]
    given: dict[str, Any] = {"title": "一碗热汤", "before": first.pk, "after": second.pk, "at": NOW}
    worker = make_user(Role.COMMUNITY_WORKER, street.community, password=None)
    named = services.write_showcase(case.project, text="低保户王小明，电话13800000001。", actor=worker, **given)
    with pytest.raises(Refusal):
        publication.submit(named, actor=worker)
    row = services.write_showcase(case.project, text="六千余人次吃上热饭。", actor=worker, **given)
    page, own = reverse("projects:showcase", args=[row.pk]), reverse("projects:closing", args=[case.project.pk])
    assert Client().get(page).status_code == 404
    checker = make_user(Role.COMMUNITY_SECRETARY, street.community, password=None)
    signer = make_user(Role.STREET_OFFICER, street.district.street, password=None)
    for user, verb in ((worker, "submit"), (checker, "check"), (signer, "sign_off")):
        desk = door(user)
        shown = desk.get(own).context["standing"]["verbs"]
        [there] = [one for one in shown if one["transition"].name == verb]
        assert desk.post(there["address"], {"seen": there["form"]["seen"].value()})["Location"] == own
    text = Client().get(page, headers={"accept-language": "zh-CN"}).content.decode()
    shot = Client().get(reverse("projects:showcase_picture", args=[row.pk, "before"]))
    assert (shot.status_code, shot["Content-Type"], len(shot.content) > 100) == (200, "image/jpeg", True)
    assert ["六千余人次" in text, "满意率（有效答卷10份）" in text, "王小明" in text] == [True, True, False]
    services.register_coverage(
        case.project, kind="media", outlet="《晚晴》栏目", title="热汤", on=date(2026, 11, 1), actor=worker, at=NOW
    )
    assert Client().get(page).status_code == 404


def test_the_audit_pack_names_gaps_and_draws_the_same_sample(case: Case, tmp_path: Path) -> None:
    from linli.apps.projects.tables import audit

    sheets = audit.pack([case.project], seed="7")
    gaps = [row for row in sheets["5佐证矩阵"] if row[3] == "是" and row[4] == "缺"]
    assert (sheets["1资料清单"][3][3], sheets["5佐证矩阵"][0][4]) == (
        f"必需而缺少的佐证{len(gaps)}项", "纸质"
    )  # fmt: skip
    assert ([row[1] for row in sheets["3公示"]], len(sheets["7例外"])) == (["未见公示"], 1)
    lines = [["甲", f"{number}", "桌椅", 1, "已支付"] for number in range(30)]
    drawn = [row[2] for row in audit.sampled(lines, seed="7", count=5)]
    assert (drawn, len(set(drawn))) == ([row[2] for row in audit.sampled(lines[::-1], seed="7", count=5)], 5)
    found = parser_of(commands_found()).parse_args(
        ["audit", "pack", "--project", case.project.number, "--out", str(tmp_path)]
    )
    assert audit.run(found) == 0
    told = (tmp_path / "说明与校验值.txt").read_text(encoding="utf-8")
    assert (len(list(tmp_path.glob("*.xlsx"))), "不对发票真伪作出判断" in told) == (8, True)


def test_an_audit_of_nothing_is_a_sentence(street: Street) -> None:
    from linli.apps.projects.tables.audit import projects_for

    with pytest.raises(Refusal):
        projects_for(fund="没有的资金")
