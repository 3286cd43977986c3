"""Building the demo: in an empty house only, and on PostgreSQL as on SQLite."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from linli.apps.people.models import Post, User
from linli.apps.places.models import Level, Place
from linli.apps.places.tests.factories import make_district
from linli.demo.build import accounts, build, silence
from linli.kernel import search
from linli.kernel.audit import verify
from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Refusal
from linli.kernel.jobs.models import Job, State
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> Path:
    settings.LINLI_HOME = tmp_path
    return tmp_path


@pytest.mark.sqlite_only
def test_it_refuses_a_house_with_real_places() -> None:
    make_district()
    with pytest.raises(Refusal):
        build(print=lambda line: None)
    assert accounts() == []


@pytest.mark.postgres_only
def test_it_stands_on_postgresql_as_on_sqlite() -> None:
    """Built whole once; what the tests of the standing demo find on SQLite is found here."""
    build(print=silence)
    units = Place.objects.filter(parent__name="临湖街道", valid_to__isnull=True).values_list("level", flat=True)
    chains = sorted(set(AuditRow.objects.values_list("chain", flat=True)))
    found = search.find("养老", actor=User.objects.get(username="yinxing.shegong"))
    assert Counter(units) == {Level.COMMUNITY: 15, Level.VILLAGE: 11}
    assert [verify(chain).problems for chain in chains] == [[], [], []]
    assert set(Post.objects.values_list("role", flat=True)) == set(Role.values)
    assert Job.objects.exclude(state=State.DONE).count() == 0
    assert {one.label for one in found} == {"居家养老服务咨询", "银杏养老照料中心"}
