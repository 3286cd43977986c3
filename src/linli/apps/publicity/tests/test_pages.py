"""The pages of notices: three persons on the desk, everybody on the portal, papers for board and file."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO

import pypdfium2 as pdfium
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from docx import Document

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.publicity import services
from linli.apps.publicity.models import BoardMoment, Consequence, Objection, PublicNotice
from linli.apps.publicity.queries import group_text
from linli.apps.publicity.tests.factories import Three, make_notice, make_three, show
from linli.apps.publicity.tests.test_services import picture
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]


def client_of(user: User | None) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def three(here: District) -> Three:
    return make_three(here.street)


@pytest.fixture
def shown(here: District, three: Three) -> PublicNotice:
    return show(make_notice(here.street, actor=three.author), three)


def concluded(notice: PublicNotice, three: Three, here: District) -> PublicNotice:
    """A notice with an upheld objection and a picture, concluded after its period."""
    row = services.object_to(notice, text="名单重复", actor=None)
    services.answer_objection(row, consequence=Consequence.UPHELD, answer="情况属实，退回。", actor=three.signer)
    services.add_photo(
        notice, moment=BoardMoment.START, picture=picture(), place=here.community, taken_on=timezone.localdate(),
        actor=three.author,
    )  # fmt: skip
    assert notice.closes is not None
    services.close(notice, actor=three.author, at=notice.closes + timedelta(minutes=1))
    return notice


def test_lists_and_pages_ask_as_often_for_one_row_as_for_thirty(
    here: District, three: Three, shown: PublicNotice
) -> None:
    desk, portal = client_of(three.author), client_of(None)
    pages = (
        (desk, "/desk/publicity/"),
        (desk, f"/desk/publicity/{shown.pk}/"),
        (portal, "/notices/"),
        (portal, f"/notices/{shown.pk}/"),
    )

    def counted() -> list[int]:
        found = []
        for client, address in pages:
            with CaptureQueriesContext(connection) as told:
                assert client.get(address).status_code == 200
            found.append(len(told))
        return found

    services.object_to(shown, text="意见", actor=None)
    counted()
    one = counted()
    for _ in range(5):
        services.object_to(shown, text="意见", actor=None)
        show(make_notice(here.community, actor=three.author), three)
    assert counted() == one
    assert one == [5, 17, 2, 5]


def test_a_draft_goes_from_its_record_over_three_desks_to_the_portal(here: District, three: Three) -> None:
    place = f"places.place:{here.street.pk}"
    given = {
        "subject": place, "grounds": place, "place": str(here.street.pk), "kind": "result", "title": "立项公示",
        "office": "纪检监察办公室", "phones": "010-62880011",
        "lines": "槐荫社区|银龄助餐|暖邻中心|80,000.00\n南里社区|议事",
    }  # fmt: skip
    author, portal = client_of(three.author), client_of(None)
    assert author.get("/desk/publicity/new/").status_code == 404
    assert author.get(f"/desk/publicity/new/?subject={place}&grounds={place}").status_code == 200
    wrong = author.post("/desk/publicity/new/", {**given, "lines": "只有一格"})
    assert (wrong.status_code, "第1行不是" in wrong.content.decode()) == (422, True)
    assert author.post("/desk/publicity/new/", given).status_code == 302
    notice = PublicNotice.objects.get()
    assert portal.get(f"/notices/{notice.pk}/").status_code == 404
    show(notice, three)
    page = portal.get(f"/notices/{notice.pk}/").content.decode()
    assert ("银龄助餐" in page, "80,000.00" in page, "010-62880011" in page) == (True, True, True)
    assert "立项公示" in portal.get(f"/communities/{here.community.pk}/").content.decode()


def test_a_resident_objects_on_the_portal_and_the_officer_answers(shown: PublicNotice, three: Three) -> None:
    portal, leader = client_of(None), client_of(three.signer)
    assert portal.post(f"/notices/{shown.pk}/object/", {"text": ""}).status_code == 422
    assert portal.post(f"/notices/{shown.pk}/object/", {"text": "名单重复", "phone": "13812345678"}).status_code == 302
    row = Objection.objects.get()
    assert "名单重复" not in portal.get(f"/notices/{shown.pk}/").content.decode()
    assert "对“2026年公益创投立项公示”的异议" in leader.get("/desk/").content.decode()
    page = leader.get(f"/desk/publicity/{shown.pk}/").content.decode()
    assert ("名单重复" in page, "138****5678" in page, "13812345678" in page) == (True, True, False)
    answer = {"consequence": "upheld", "answer": "情况属实"}
    assert leader.post(f"/desk/publicity/objections/{row.pk}/answer/", answer).status_code == 302
    row.refresh_from_db()
    assert row.consequence == "upheld"


def test_after_its_period_the_form_is_closed(shown: PublicNotice) -> None:
    opened = timezone.now() - timedelta(days=20)
    PublicNotice.objects.update(opens=opened, closes=opened + timedelta(days=7))
    portal = client_of(None)
    assert "公示期已过" in portal.get(f"/notices/{shown.pk}/object/").content.decode()
    assert portal.post(f"/notices/{shown.pk}/object/", {"text": "晚了"}).status_code == 422


def test_auditor_reads_no_objection_and_a_stranger_no_picture(
    shown: PublicNotice, here: District, three: Three
) -> None:
    concluded(shown, three, here)
    auditor = client_of(make_user(Role.AUDITOR, here.street, password=None))
    page = auditor.get(f"/desk/publicity/{shown.pk}/")
    assert (page.status_code, "名单重复" in page.content.decode()) == (200, False)
    photo = shown.photos.get()
    assert client_of(None).get(f"/files/{photo.file_id}/").status_code == 404
    assert len(body(auditor, f"/files/{photo.file_id}/")) > 100


def test_told_objections_amendment_and_conclusion_have_their_doors(shown: PublicNotice, three: Three) -> None:
    author, base = client_of(three.author), f"/desk/publicity/{shown.pk}/"
    told = {"text": "来访反映", "received_on": str(timezone.localdate())}
    assert author.post(f"{base}objection/", told).status_code == 302
    assert author.post(f"{base}close/").status_code == 302
    assert "期满后方可办结" in author.get(base).content.decode()
    text = {"title": "立项公示（更正）", "office": "纪检监察办公室", "phones": "010-62880011", "version": shown.version}
    assert author.post(f"{base}amend/", text).status_code == 302
    shown.refresh_from_db()
    assert (shown.title, shown.stage) == ("立项公示（更正）", "prepared")


def body(client: Client, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200
    parts: Iterator[bytes] = answer.streaming_content  # type: ignore[attr-defined]  # a file, streamed
    return b"".join(parts)


def read(content: bytes) -> tuple[int, str]:
    """Width of the first page in millimetres, and all text without spaces."""
    sheet = pdfium.PdfDocument(content)
    try:
        text = "".join("".join(page.get_textpage().get_text_bounded().split()) for page in sheet)
        return round(sheet[0].get_width() / 72 * 25.4), text
    finally:
        sheet.close()


def test_the_papers_say_what_the_notice_says(shown: PublicNotice, here: District, three: Three) -> None:
    concluded(shown, three, here)
    author, base = client_of(three.author), f"/desk/publicity/{shown.pk}/"
    boards = [read(body(author, f"{base}board/{size}/")) for size in ("a4", "a3")]
    assert [width for width, _text in boards] == [210, 297]
    words = ("银龄助餐", "100,000.50", "5个工作日", "010-62880011")
    assert [[word in text for word in words] for _width, text in boards] == [[True] * 4] * 2
    report = read(body(author, f"{base}report/"))[1]
    assert [word in report for word in ("公示情况说明", "情况属实，退回。", "槐荫社区")] == [True] * 3
    told = [paragraph.text for paragraph in Document(BytesIO(body(author, f"{base}docx/"))).paragraphs]
    assert "合计：¥100,000.50（大写：壹拾万元伍角整）。" in told
    told = [paragraph.text for paragraph in Document(BytesIO(body(author, f"{base}report/docx/"))).paragraphs]
    assert "公示期内共收到异议1件，其中异议成立1件。" in told


def test_it_gives_a_text_for_the_group_and_a_poster_once_it_is_on_display(
    shown: PublicNotice, here: District, three: Three
) -> None:
    author, address = client_of(three.author), f"http://testserver/notices/{shown.pk}/"
    assert address in author.get(f"/desk/publicity/{shown.pk}/group/").content.decode()
    assert shown.title in read(body(author, f"/desk/publicity/{shown.pk}/poster/"))[1]
    for text in ("", "短。", "很长的正文" * 300):
        shown.body, shown.title = text, "题" * 60
        told = group_text(shown, address=address)
        assert (len(told) <= 200, told.endswith(address)) == (True, True)
    early = make_notice(here.street, actor=three.author)
    answer = author.get(f"/desk/publicity/{early.pk}/poster/", follow=True)
    assert "公示还没有开始" in answer.content.decode()


def test_there_is_no_report_before_the_notice_is_concluded(shown: PublicNotice, three: Three) -> None:
    answer = client_of(three.author).get(f"/desk/publicity/{shown.pk}/report/", follow=True)
    assert "公示尚未办结" in answer.content.decode()


def test_the_subject_finds_its_notices(shown: PublicNotice, here: District) -> None:
    from linli.apps.publicity.queries import notices_about

    assert list(notices_about(ref_of(here.street))) == [shown]
