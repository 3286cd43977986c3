"""Every night the chains of the audit are read; whoever answers for them hears when one does not hold."""

import pytest
from django.utils import timezone

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.notices.models import Notice
from linli.kernel.scope import Role
from linli.site.proving import CHAINS, prove_chains

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
