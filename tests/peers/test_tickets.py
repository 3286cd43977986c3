"""All 1,384 real hotline cases from import to call-back; the suite takes every twelfth, as all take minutes."""

import pytest

from linli.apps.needs.tests.test_real_tickets import DATA, replay

pytestmark = [
    pytest.mark.peer,
    pytest.mark.django_db,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not DATA.exists(), reason="the public messages are not beside the project (LINLI_DATA)"),
]


def test_all_real_cases_go_through_the_loop() -> None:
    assert replay(1) == 1384
