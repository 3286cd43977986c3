"""The papers about contact cards: what stands in them, for whom, and the sentence where there is nothing."""

from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.test import Client
from django.utils import timezone
from docx import Document

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db

PRINT, NOTICE = "/desk/cards/print/", "/desk/cards/notice/"


@pytest.fixture
def here() -> District:
    return make_district()


def get(user: User, address: str) -> Any:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(address, follow=True)


def pdf_text(answer: Any) -> str:
    """All text of a PDF, without spaces."""
    paper = pdfium.PdfDocument(b"".join(answer.streaming_content))
    try:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in paper)
    finally:
        paper.close()


def test_it_prints_the_public_cards_of_a_street_and_no_others(here: District) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    draft = make_card(here.community)
    make_card(here.neighbour_community, PublicationState.PUBLIC)
    text = pdf_text(get(make_user(Role.STREET_OFFICER, here.street), PRINT))
    told = [word in text for word in ("清河里街道社区联系卡", "槐荫社区", "南里社区", draft.title, "桥头社区")]
    assert told == [True, True, True, False, False]


def test_it_prints_the_cards_of_the_own_community_for_a_worker(here: District) -> None:
    for community in (here.community, here.other_community):
        make_card(community, PublicationState.PUBLIC)
    text = pdf_text(get(make_user(Role.COMMUNITY_WORKER, here.community), PRINT))
    assert [text.count(word) for word in ("清河里街道社区联系卡", "南里社区", "010-62880011")] == [1, 0, 1]


def test_it_fills_the_draft_of_the_notice(here: District) -> None:
    make_card(here.community, PublicationState.PUBLIC)
    make_card(here.other_community, PublicationState.PUBLIC)
    officer = make_user(Role.STREET_OFFICER, here.street, name="梁某")
    paper = Document(BytesIO(b"".join(get(officer, NOTICE).streaming_content)))
    said = [paragraph.text for paragraph in paper.paragraphs if paragraph.text.strip()]
    year = timezone.localdate().year
    assert said[:4] == ["代拟稿", "清河里街道办事处文件", f"〔{year}〕  号", f"关于公布{year}年社区联系卡的通知"]
    assert [line for line in said if "梁某" in line or "2个社区" in line] == [
        "本次公布2个社区共2张联系卡，内容为联系事项、联系岗位、办公电话和服务时间，不含个人手机号码。",
        "联系人：梁某，联系电话：＿＿＿＿＿＿。",
    ]
    assert [row.cells[1].text for row in paper.tables[0].rows] == ["社区", "槐荫社区", "南里社区"]


@pytest.mark.parametrize("address", [PRINT, NOTICE])
def test_it_says_that_there_is_nothing_to_print(here: District, address: str) -> None:
    make_card(here.community, PublicationState.CHECKED)
    answer = get(make_user(Role.STREET_OFFICER, here.street), address)
    assert (answer.redirect_chain, [str(one) for one in answer.context["messages"]]) == (
        [("/desk/cards/", 302)],
        ["还没有可以打印的内容：您所在的社区还没有公开的联系卡。"],
    )


def test_it_offers_the_notice_to_those_who_sign_only(here: District) -> None:
    people = (make_user(Role.STREET_OFFICER, here.street), make_user(Role.COMMUNITY_SECRETARY, here.community))
    pages = [get(person, "/desk/cards/").content.decode() for person in people]
    assert [(page.count(f'href="{PRINT}"'), page.count(f'href="{NOTICE}"')) for page in pages] == [(1, 1), (1, 0)]


def test_it_says_in_which_face_the_print_is_set_instead(here: District, settings: Any) -> None:
    make_card(here.community)
    settings.LINLI_FONTS = ""
    page = get(make_user(Role.STREET_OFFICER, here.street), "/desk/cards/")
    assert page.context["substituted"] == "小标宋、仿宋、楷体、黑体、宋体"
    assert page.content.decode().count("小标宋、仿宋、楷体、黑体、宋体") == 1
