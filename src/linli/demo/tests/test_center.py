"""The center in the demo: nineteen organizations, a year of months, one that left by the rule, six with stars."""

from collections import Counter
from datetime import date

import pytest

from linli.apps.incubation.models import DeskStay, ExitCase, MonthSheet, MonthWarning, StarRating, SupportCase
from linli.apps.incubation.queries import training
from linli.apps.organizations.models import OrganizationKind, Standing
from linli.apps.organizations.queries import FORMS, with_form
from linli.demo import bodies, center, party, streets, support, users
from linli.demo.streets import Here, first_day_before

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite_only]
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module", autouse=True)
def here(module_db: None) -> Here:
    """The steps the center stands on, and the center."""
    here = Here(first_day_before(TODAY), TODAY)
    streets.found_district(here)
    users.open_accounts(here, password="bugado-latisi-pukefa-77")
    bodies.enter_organizations(here)
    party.found_party_organizations(here)
    center.run_center(here)
    return here


def test_nineteen_organizations_have_a_year_of_months_and_one_leaves_by_the_rule() -> None:
    months = MonthSheet.objects.filter(month__year=2025).values_list("organization", flat=True)
    assert sorted(Counter(months).values()) == [4, 10, *[12] * 17]
    case = ExitCase.objects.select_related("organization").get()
    assert (case.state, case.first_month, case.last_month) == ("left", date(2025, 8, 1), date(2025, 10, 1))
    assert [row.number for row in MonthWarning.objects.filter(withdrawn_at=None).order_by("number")] == [1, 2]
    assert MonthSheet.objects.exclude(organization=case.organization).filter(total__lt=6).count() == 0


def test_three_have_three_stars_two_four_and_one_five() -> None:
    assert Counter(StarRating.objects.values_list("stars", flat=True)) == {0: 12, 3: 3, 4: 2, 5: 1}
    given = Counter(Standing.objects.filter(kind="street_stars").values_list("value", flat=True))
    assert given == {"五星": 1, "四星": 2, "三星": 3}


def test_all_nineteen_are_covered_by_party_organizations(here: Here) -> None:
    rows = [one.pk for one in here.organizations.values() if one.kind == OrganizationKind.SOCIAL_ORGANIZATION]
    members = Standing.objects.filter(kind="center_stay", value="入驻").values("organization")
    found = with_form(TODAY, type(here.organizations[bodies.WARM]).objects.filter(pk__in=rows).filter(pk__in=members))
    assert sorted(Counter(found.values_list("form", flat=True)).values()) == [4, 6, 9]
    assert len(FORMS) > 2


def test_members_have_desks_and_services_and_the_plan_is_partly_held(here: Here) -> None:
    support.support_center(here)
    assert (DeskStay.objects.count(), Counter(SupportCase.objects.values_list("service", flat=True))) == (
        18, {"finance": 6, "project": 3, "incubation": 3, "platform": 3, "training": 3},
    )  # fmt: skip
    found = [(one.training.sessions, one.sessions) for one in training(here.people["linhu.jiedao"], 2026)]
    assert found == [(2, 2), (3, 3), (2, 2), (2, 2), (1, 0)]
