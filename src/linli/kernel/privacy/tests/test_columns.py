"""Sealed columns: what stands in the database, what a template prints, who may open."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.forms import modelform_factory
from django.template import engines
from tests.playground.models import Contact

from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.errors import NotAllowed, Refusal
from linli.kernel.privacy import PHONE, fingerprints
from linli.kernel.refs import ref_of
from linli.kernel.scope import ApiActor
from linli.kernel.seals import Unreadable

pytestmark = pytest.mark.django_db
MOBILE = "13812341234"


@pytest.fixture
def contact() -> Contact:
    made = Contact.objects.create(name="张小满", phone="138 1234 1234", remark="first")
    return Contact.objects.get(pk=made.pk)


def somebody() -> ApiActor:
    from linli.apps.people.models import User

    user = User.objects.create_user("li", name="李四")
    return ApiActor(user.pk, "李四", user, frozenset())


def column(row: Contact, name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM playground_contact WHERE remark = %s", [row.remark])
        return str(cursor.fetchone()[0])


def test_it_stores_no_plain_text(contact: Contact) -> None:
    stored = column(contact, "phone")
    assert stored.split(".")[:2] == ["1", stored.split(".")[1]]
    assert stored.split(".")[1].startswith("fields-")
    assert [digits in stored for digits in (MOBILE, "1381", "1234")] == [False] * 3


def test_it_prints_only_the_masked_form(contact: Contact) -> None:
    template = engines["django"].from_string(
        "{{ c.phone }}|{{ c.name }}|{{ c.phone.for_machine }}|{{ c.phone.reveal }}|{{ c.phone.text }}|{{ c }}"
    )
    assert template.render({"c": contact}) == "138****1234|张*||||张* 138****1234"
    assert f"{contact.phone!r} {contact.phone}" == "<sealed phone> 138****1234"


def test_it_prints_the_masked_form_before_it_is_saved() -> None:
    assert str(Contact(phone=MOBILE).phone) == "138****1234"


def test_it_opens_for_an_actor_with_a_reason_and_tells_the_audit_without_the_value(contact: Contact) -> None:
    actor = somebody()
    assert contact.phone.reveal(reason="回访居民", actor=actor) == MOBILE
    row = AuditRow.objects.get(ref_id=contact.pk)
    assert row.action == "privacy.value.reveal"
    assert facts_of(row)[0] == {"$from": {"door": "api"}, "field": "phone", "reason": "回访居民"}
    assert MOBILE not in repr(vars(row))


@pytest.mark.parametrize("reason", ["", "   ", "看看"])
def test_it_refuses_to_open_without_a_reason(contact: Contact, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        contact.phone.reveal(reason=reason, actor=somebody())
    assert refused.value.field == "reason"


def test_it_refuses_an_actor_the_column_does_not_name(contact: Contact) -> None:
    with pytest.raises(NotAllowed):
        contact.name.reveal(reason="回访居民", actor=somebody())


def test_it_leaves_no_trace_of_a_refused_look(contact: Contact) -> None:
    with pytest.raises(NotAllowed):
        contact.name.reveal(reason="回访居民", actor=somebody())
    assert AuditRow.objects.count() == 0


def test_it_does_not_open_a_value_copied_into_another_row(contact: Contact) -> None:
    other = Contact.objects.create(phone="13900001111", remark="second")
    with connection.cursor() as cursor:
        token = column(contact, "phone")
        cursor.execute("UPDATE playground_contact SET phone = %s WHERE remark = 'second'", [token])
    other.refresh_from_db()
    assert str(other.phone) == "***"
    with pytest.raises(Unreadable):
        other.phone.for_machine(because="test")


def test_it_does_not_open_a_value_copied_into_another_column(contact: Contact) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE playground_contact SET name = phone")
    contact.refresh_from_db()
    with pytest.raises(Unreadable):
        contact.name.for_machine(because="test")


def test_it_finds_a_row_by_any_way_of_writing_the_number(contact: Contact) -> None:
    Contact.objects.create(phone="13900001111", remark="second")
    found = Contact.objects.filter(phone_print__in=fingerprints(PHONE, "+86 138-1234-1234"))
    assert list(found) == [contact]


def test_it_keeps_the_fingerprint_in_step(contact: Contact) -> None:
    before = contact.phone_print
    contact.phone = "13900001111"
    contact.save()
    assert contact.phone_print == fingerprints(PHONE, "13900001111")[0]
    assert contact.phone_print != before
    contact.phone = ""
    contact.save()
    assert column(contact, "phone_print") == column(contact, "phone") == ""


def test_it_leaves_token_and_fingerprint_alone_when_another_column_is_saved(contact: Contact) -> None:
    before = (column(contact, "phone"), column(contact, "phone_print"))
    contact.name = "李四"
    contact.save()
    assert (column(contact, "phone"), column(contact, "phone_print")) == before


def test_it_refuses_to_save_the_value_without_its_fingerprint(contact: Contact) -> None:
    contact.phone = "13900001111"
    with pytest.raises(ValueError, match="together"):
        contact.save(update_fields=["phone"])


def test_it_refuses_plain_text_in_a_query(contact: Contact) -> None:
    with pytest.raises(TypeError):
        list(Contact.objects.filter(phone=MOBILE))
    with pytest.raises(TypeError):
        Contact.objects.update(phone=MOBILE)


def test_it_seals_rows_made_in_bulk() -> None:
    Contact.objects.bulk_create([Contact(phone=f"1390000111{n}", remark=str(n)) for n in range(3)])
    rows = Contact.objects.order_by("remark")
    assert [row.phone.for_machine(because="test") for row in rows] == ["13900001110", "13900001111", "13900001112"]
    assert [row.phone_print for row in rows] == [fingerprints(PHONE, f"1390000111{n}")[0] for n in range(3)]


def test_it_loads_a_deferred_value(contact: Contact) -> None:
    assert str(Contact.objects.only("remark").get(pk=contact.pk).phone) == "138****1234"


def test_it_leaves_the_value_as_it_is_when_a_form_sends_the_masked_form_back(contact: Contact) -> None:
    form_class = modelform_factory(Contact, fields=["phone", "remark"])
    assert form_class(instance=contact)["phone"].value() == "138****1234"
    form_class({"phone": "138****1234", "remark": "changed"}, instance=contact).save()
    saved = Contact.objects.get(pk=contact.pk)
    assert (saved.phone.for_machine(because="test"), saved.remark) == (MOBILE, "changed")


@pytest.mark.parametrize("wrong", ["139****1234", "12345"])
def test_it_refuses_a_wrong_number_in_a_form(contact: Contact, wrong: str) -> None:
    form = modelform_factory(Contact, fields=["phone"])({"phone": wrong}, instance=contact)
    assert list(form.errors) == ["phone"]


def test_it_refuses_a_wrong_number_when_the_row_is_checked() -> None:
    with pytest.raises(ValidationError):
        Contact(phone="12", remark="x").full_clean()


def test_it_does_not_let_a_value_be_pickled(contact: Contact) -> None:
    import pickle

    with pytest.raises(TypeError):
        pickle.dumps(contact)


def test_it_names_no_plain_value_in_the_ref(contact: Contact) -> None:
    assert MOBILE not in str(ref_of(contact))
