"""Two tabs, one record."""

import pytest
from django.test import Client
from tests.playground.models import Brochure

from linli.kernel.errors import Missing
from linli.kernel.ui.versions import VersionConflict, save_version

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.playground.pages")]


@pytest.fixture
def brochure() -> Brochure:
    return Brochure.objects.create(title="旧标题", text="旧正文")


def send(client: Client, brochure: Brochure, **data: str) -> tuple[int, str]:
    answer = client.post(f"/brochures/{brochure.pk}/", data)
    return answer.status_code, answer.content.decode()


def test_it_saves_the_first_tab(client: Client, brochure: Brochure) -> None:
    send(client, brochure, title="第一页签", text="旧正文", version="0")
    brochure.refresh_from_db()
    assert (brochure.title, brochure.version) == ("第一页签", 1)


def test_it_shows_both_texts_to_the_second_tab_and_changes_nothing(client: Client, brochure: Brochure) -> None:
    send(client, brochure, title="第一页签", text="旧正文", version="0")
    status, text = send(client, brochure, title="第二页签", text="旧正文", version="0")
    brochure.refresh_from_db()
    assert (status, "第一页签" in text, "第二页签" in text, brochure.title) == (409, True, True, "第一页签")


def test_it_asks_only_about_fields_that_differ(client: Client, brochure: Brochure) -> None:
    send(client, brochure, title="第一页签", text="旧正文", version="0")
    _, text = send(client, brochure, title="第二页签", text="旧正文", version="0")
    assert ("_keep_title" in text, "_keep_text" in text) == (True, False)


def test_it_saves_the_text_the_person_chose_field_by_field(client: Client, brochure: Brochure) -> None:
    send(client, brochure, title="他的标题", text="他的正文", version="0")
    status, _ = send(
        client, brochure, title="我的标题", text="我的正文", version="1", _keep_title="theirs", _keep_text="mine"
    )
    brochure.refresh_from_db()
    assert (status, brochure.title, brochure.text, brochure.version) == (302, "他的标题", "我的正文", 2)


def test_it_asks_again_when_somebody_saved_while_the_person_chose(client: Client, brochure: Brochure) -> None:
    send(client, brochure, title="甲", text="", version="0")
    send(client, brochure, title="乙", text="", version="1")
    status, text = send(client, brochure, title="丙", text="", version="1", _keep_title="mine")
    assert (status, 'name="version" value="2"' in text) == (409, True)


def test_it_refuses_a_form_without_a_version(client: Client, brochure: Brochure) -> None:
    assert send(client, brochure, title="甲", text="")[0] == 409


def test_it_lets_one_of_two_writers_win(brochure: Brochure) -> None:
    save_version(brochure, seen=0, title="甲")
    with pytest.raises(VersionConflict):
        save_version(brochure, seen=0, title="乙")


def test_it_says_when_the_record_is_gone(brochure: Brochure) -> None:
    Brochure.objects.all().delete()
    with pytest.raises(Missing):
        save_version(brochure, seen=0, title="甲")
