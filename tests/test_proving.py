"""The chains of the audit are read and sent; whoever answers for them hears when one does not hold or not arrive."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.site.proving import CHAINS, SILENT, prove_chains, send_record
from tests.support.collector import Collector, collecting

pytestmark = pytest.mark.django_db


def test_a_changed_row_of_the_audit_is_told_to_its_administrators_once_a_day() -> None:
    district = make_district()
    keeper = make_user(Role.AUDIT_ADMINISTRATOR, district.district)
    make_user(Role.COMMUNITY_WORKER, district.community)
    assert prove_chains() == []
    assert Notice.objects.count() == 0
    row = AuditRow.objects.order_by("number").first()
    assert row is not None
    AuditRow.objects.filter(pk=row.pk).update(at=timezone.now().replace(year=2020))
    assert len(prove_chains()) == 1
    prove_chains()
    assert list(Notice.objects.values_list("recipient", "kind")) == [(keeper.pk, CHAINS)]


def test_it_tells_once_a_day_that_the_record_has_not_arrived_for_an_hour(
    tmp_path: Path, settings: Any, client: Client
) -> None:
    district = make_district()
    keeper = make_user(Role.SECURITY_ADMINISTRATOR, district.district)
    assert send_record() == 0
    collector = Collector("tcp")
    with collecting(collector, tmp_path):
        settings.LINLI_SYSLOG = collector.setting()
        rows = AuditRow.objects.count()
    assert (send_record(), Notice.objects.count()) == (0, 0)
    first = AuditRow.objects.order_by("chain", "number").first()
    assert first is not None
    AuditRow.objects.filter(pk=first.pk).update(at=timezone.now() - timedelta(minutes=61))
    send_record()
    send_record()
    assert list(Notice.objects.values_list("recipient", "kind")) == [(keeper.pk, SILENT)]
    assert f"linli_audit_rows_waiting {rows}" in client.get("/metrics").content.decode().splitlines()
    with collecting(collector, tmp_path):
        assert send_record() == rows
