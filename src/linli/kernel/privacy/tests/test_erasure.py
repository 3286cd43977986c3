"""Retention is declared with its source; erasing a person destroys the key of what stays for ever."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from tests.playground.models import Contact

from linli.kernel import audit
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.privacy import Retention, erase, retain, retention_of, retentions
from linli.kernel.refs import new_key


@pytest.mark.django_db
def test_it_makes_a_persons_facts_unreadable_and_keeps_the_chain_valid() -> None:
    person = new_key()
    contact = Contact.objects.create(remark="x")
    with transaction.atomic():
        facts = {"field": "name", "reason": audit.Personal(person, "张小满")}
        audit.record("privacy.value.reveal", contact, actor=None, facts=facts)
    row = AuditRow.objects.get()
    assert "张小满" in str(facts_of(row))
    assert erase(person, actor=None, reason="本人申请") is True
    assert "张小满" not in str(facts_of(row))
    assert audit.verify("installation").whole


@pytest.mark.django_db
def test_it_erases_once_and_tells_the_audit_once() -> None:
    person = new_key()
    with transaction.atomic():
        facts = {"reason": audit.Personal(person, "张小满")}
        audit.record("privacy.value.reveal", Contact.objects.create(), actor=None, facts=facts)
    assert [erase(person, actor=None, reason="本人申请") for _ in range(2)] == [True, False]
    assert AuditRow.objects.filter(action="privacy.person.erase").count() == 1


def test_it_says_when_a_record_is_to_go() -> None:
    kept = Retention("playground.contact", 180, "网络安全法 21 (A)")
    assert kept.ends(datetime(2026, 1, 1, tzinfo=UTC)) == datetime(2026, 6, 30, tzinfo=UTC)
    assert Retention("playground.contact", None, "档案法 (A)").ends(datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize("wrong", [Retention("a.b", 0, "x"), Retention("a.b", 180, "")])
def test_it_refuses_a_retention_without_days_or_source(wrong: Retention) -> None:
    with pytest.raises(ImproperlyConfigured):
        retain(wrong)


def test_it_takes_one_retention_a_kind() -> None:
    assert retain(Retention("playground.note", 30, "test (K)")) in retentions()
    with pytest.raises(ImproperlyConfigured):
        retain(Retention("playground.note", 60, "test (K)"))
    assert retention_of("playground.note") == Retention("playground.note", 30, "test (K)")
