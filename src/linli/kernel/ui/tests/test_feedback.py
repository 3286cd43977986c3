"""「意见建议/减负投诉」: open to everybody, read by two administrators, deleted by nobody."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.playground.actors import Somebody

from linli.kernel.errors import NotAllowed
from linli.kernel.scope import Anchor, Role
from linli.kernel.ui import feedback
from linli.kernel.ui.models import Feedback

pytestmark = pytest.mark.django_db

LETTER = {"kind": "burden", "text": "同一张表要报三次。", "contact": "13800001234", "path": "/desk/"}


def holder(role: Role) -> Somebody:
    return Somebody(held=frozenset({(role, Anchor())}))


def test_it_takes_a_complaint_from_a_stranger(client: Client) -> None:
    answer = client.post("/feedback/", LETTER)
    row = Feedback.objects.get()
    assert (answer["Location"], row.kind, row.text, row.path) == (
        "/feedback/sent/",
        "burden",
        "同一张表要报三次。",
        "/desk/",
    )


def test_it_keeps_the_contact_sealed(client: Client) -> None:
    client.post("/feedback/", LETTER)
    row = Feedback.objects.get()
    assert ("13800001234" in row.contact_sealed, feedback.contact_of(row)) == (False, "13800001234")


def test_it_keeps_nothing_about_who_wrote(client: Client) -> None:
    client.force_login(get_user_model().objects.create_user("lin", name="林望"))
    client.post("/feedback/", LETTER)
    names = {column.name for column in Feedback._meta.get_fields()}
    assert names == {"id", "at", "path", "kind", "text", "contact_sealed", "contact_print"}


@pytest.mark.parametrize("role", sorted(Role))
def test_it_is_read_by_the_security_and_the_audit_administrator_only(role: Role) -> None:
    feedback.write(kind="comment", text="好")
    seen = feedback.visible_to(holder(role)).count()
    assert seen == (1 if role in (Role.SECURITY_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR) else 0)


def test_it_cannot_be_deleted_or_changed() -> None:
    row = feedback.write(kind="comment", text="好")
    for verb in (row.delete, Feedback.objects.all().delete, lambda: Feedback.objects.update(text="")):
        with pytest.raises(NotAllowed):
            verb()
    assert Feedback.objects.get().text == "好"


def test_it_asks_for_patience_after_twenty_letters_in_ten_minutes(client: Client) -> None:
    answers = [client.post("/feedback/", LETTER).status_code for _ in range(21)]
    assert (answers, Feedback.objects.count()) == ([302] * 20 + [429], 20)


def test_it_keeps_what_was_typed_when_it_asks_for_patience(client: Client) -> None:
    for _ in range(20):
        client.post("/feedback/", LETTER)
    assert "同一张表要报三次。" in client.post("/feedback/", LETTER).content.decode()


def test_it_shows_script_in_a_letter_as_text(client: Client) -> None:
    answer = client.post("/feedback/", LETTER | {"text": "<script>alert(1)</script>", "kind": ""})
    assert "<script>alert(1)" not in answer.content.decode()


def test_it_refuses_a_hundred_kilobytes_with_a_sentence(client: Client) -> None:
    answer = client.post("/feedback/", LETTER | {"text": "长" * 40_000})
    assert (answer.status_code, Feedback.objects.count(), "has-error" in answer.content.decode()) == (200, 0, True)


def test_it_does_a_letter_sent_twice_once(client: Client) -> None:
    for _ in range(2):
        client.post("/feedback/", LETTER | {"_once": "f" * 24})
    assert Feedback.objects.count() == 1


def test_it_closes_the_inbox_to_strangers(client: Client) -> None:
    assert client.get("/desk/feedback/")["Location"] == "/accounts/login/?next=/desk/feedback/"
