"""The calendar page: says until when it is known; whoever keeps it enters days, others read."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.deadlines import CalendarDay, known_until_sentence
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db


def _signed_in(role: Role, *, at_street: bool = True) -> tuple[Client, str]:
    here = make_district()
    client = Client()
    user = make_user(role, here.street if at_street else here.district)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client, f"{reverse('ui:calendar')}?for=places.place:{here.street.pk}"


def test_it_says_until_when_the_calendar_is_known() -> None:
    client, address = _signed_in(Role.STREET_OFFICER)
    assert known_until_sentence() in client.get(address).content.decode()


def test_it_lets_the_administrator_of_the_street_enter_and_clear_a_day() -> None:
    client, address = _signed_in(Role.SYSTEM_ADMINISTRATOR)
    assert client.post(address, {"day": "2027-02-13", "works": "yes", "note": "调休"}).status_code == 302
    assert list(CalendarDay.objects.values_list("day", "is_working", "note")) == [(date(2027, 2, 13), True, "调休")]
    assert "2027年2月13日" in client.get(address).content.decode()
    assert client.post(address, {"day": "2027-02-13", "works": "clear"}).status_code == 302
    assert CalendarDay.objects.count() == 0


def test_it_lets_others_read_only() -> None:
    client, address = _signed_in(Role.STREET_OFFICER)
    assert 'name="works"' not in client.get(address).content.decode()
    assert client.post(address, {"day": "2027-02-13", "works": "yes"}).status_code == 200
    assert CalendarDay.objects.count() == 0


def test_it_keeps_the_district_calendar_from_the_administrator_of_one_street() -> None:
    client, _address = _signed_in(Role.SYSTEM_ADMINISTRATOR)
    client.post(reverse("ui:calendar"), {"day": "2027-02-13", "works": "yes"})
    assert CalendarDay.objects.count() == 0
