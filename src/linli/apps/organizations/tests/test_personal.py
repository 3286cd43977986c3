"""What organizations keep about a person is told to whoever bears the name, and kept with its reason."""

from datetime import date

import pytest

from linli.apps.organizations import services
from linli.apps.organizations.contributions import personal
from linli.apps.organizations.models import LegalPerson
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.contributions import Person

pytestmark = pytest.mark.django_db


def test_the_bearer_of_the_name_is_told_and_nobody_else() -> None:
    row = make_organization(make_district().street)
    services.set_legal_person(row, name="张晓明", on=date(2026, 3, 1), source="登记证书", actor=None)
    mine, other = (Person(user_id=make_user(name=name).pk) for name in ("张晓明", "李玉华"))
    assert [personal.find(person) for person in (mine, other, Person())] == [1, 0, 0]
    assert personal.export(mine) == [
        {
            "组织": "暖邻社会工作服务中心",
            "法定代表人": "与本人同名（可能是他人）",
            "开始日期": "2026-03-01",
            "结束日期": "",
            "来源": "登记证书",
        }
    ]
    assert (bool(personal.erase(mine)), personal.erase(other), LegalPerson.objects.count()) == (True, "", 1)
