"""A community's week and money to spend, for journeys, made by the verbs in a site's own home."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.sites import ROOT, site_environment

if TYPE_CHECKING:
    from datetime import date

STREET, SPENDER, PROJECT = "临湖街道", "nuanlin", "银龄助餐"
COMMUNITY, ITEM, BOUGHT = "南里社区", "绿萝", 3
HOUSE = "9号楼"


@dataclass(frozen=True)
class Week:
    """An activity that begins in ten minutes, three plants for three doors, an open survey: their keys and codes."""

    date: str
    door: str
    goods: str
    building: str
    survey: str
    code: str
    money: str


def make_week(home: Path) -> Week:
    """Prepare it in the site of ``home``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.delivery"],
        env=site_environment(home), cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return Week(**json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    import django

    django.setup()
    from django.utils.translation import override

    with override("zh-hans"):
        made = _make()
    print(json.dumps(vars(made)))  # read by the process that asked


def _make() -> Week:
    from datetime import timedelta

    from django.utils import timezone

    from linli.apps.activities import services as activities
    from linli.apps.activities.tests.factories import make_date
    from linli.apps.places.models import Place
    from linli.apps.surveys import services as surveys
    from linli.apps.surveys.tests.factories import make_building
    from linli.kernel.refs import ref_of

    now = timezone.now()
    community = Place.objects.get(name=COMMUNITY)
    date = make_date(community, starts=now + timedelta(minutes=10), capacity=20)
    building = make_building(community, HOUSE, BOUGHT)
    goods = activities.distribute(place=community, item=ITEM, bought=BOUGHT, buildings=[building], actor=None)
    survey = surveys.draft_survey(
        title="河岸捡拾满意度", place=community, subjects=[ref_of(date.activity)],
        last_day=(now + timedelta(days=14)).date(), actor=None,
    )  # fmt: skip
    group = surveys.add_group(survey, name="参加活动的居民", count=2, actor=None)
    code = surveys.issue_slips(group, actor=None)[0]
    surveys.open(survey, actor=None)
    return Week(str(date.pk), date.door_code, str(goods.pk), str(building.pk), str(survey.pk), code, _money(now.date()))


def _money(today: "date") -> str:
    """A commitment of 1,000 yuan that an organization spends against invoices; its key."""
    from linli.apps.ledger import services
    from linli.apps.ledger.tests.factories import make_commitment, make_fund
    from linli.apps.organizations.models import Organization
    from linli.apps.people.models import User
    from linli.apps.places.models import Place

    fund = make_fund(Place.objects.get(name=STREET), code="银龄", year=today.year)
    row = make_commitment(fund, 1000, title=PROJECT)
    manager = User.objects.get(username=SPENDER)
    holder = Organization.objects.get(posts__user=manager)
    services.set_terms(row, begins_on=today.replace(month=1, day=1), spenders=[holder], actor=None)
    return str(row.pk)


if __name__ == "__main__":
    main()
