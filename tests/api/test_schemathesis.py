"""Schemathesis throws right and wrong requests at every route, with a token, without one, with a bare one."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig

from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import declared, issue
from linli.kernel.publication import PublicationState
from linli.kernel.scope import Role
from linli.site.api import SHELL
from linli.site.wsgi import application

load_all_checks()
TAKEN = ["2xx", "400", "403", "404", "409"]
"""What may become of a well-formed request: 400 is a cursor of another list; wrong values would be 422."""


def described(*taken: str) -> Any:
    """The interface as schemathesis sees it, expecting ``taken`` of well-formed requests."""
    config = {"checks": {"positive_data_acceptance": {"expected-statuses": list(taken)}}}
    schema = schemathesis.openapi.from_dict(SHELL.document(), config=SchemathesisConfig.from_dict(config))
    schema.app = application
    return schema


BOUNDED = settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.slow]


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application runs inside the test's transaction: it must not close the connection after a request."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def district(settings: Any, one_connection: None) -> District:
    settings.LINLI_API_CALLS_A_MINUTE = 1_000_000
    return make_district()


@pytest.fixture
def bearer(district: District) -> dict[str, str]:
    """The token of a community worker, good for everything."""
    worker = make_user(Role.COMMUNITY_WORKER, district.community)
    make_card(district.community, author=worker)
    make_card(district.community, PublicationState.PUBLIC)
    scopes = [scope.name for scope in declared()]
    return {"Authorization": f"Bearer {issue(name='x', owner=worker, scopes=scopes, actor=worker).secret}"}


@pytest.fixture
def with_token(request: pytest.FixtureRequest) -> Any:
    """Made when the test runs: what is thrown takes seconds to think out, which every process would spend gathering."""
    request.node._nodeid = request.node.nodeid  # a name schemathesis writes and this pytest no longer has
    return described(*TAKEN)


@pytest.fixture
def without(request: pytest.FixtureRequest) -> Any:
    request.node._nodeid = request.node.nodeid  # same
    return described("2xx", "401")


@schemathesis.pytest.from_fixture("with_token").parametrize()
@BOUNDED
def test_it_keeps_its_word_to_a_token(case: Any, bearer: dict[str, str]) -> None:
    case.call_and_validate(headers=bearer)


@schemathesis.pytest.from_fixture("without").parametrize()
@settings(BOUNDED, max_examples=2)  # without a token every request ends at the door
def test_it_keeps_its_word_to_nobody(case: Any, district: District) -> None:
    response = case.call()
    case.validate_response(response)
    if case.operation.path != "/api/v1/" and response.status_code not in (405, 404, 406, 413, 415):
        assert response.status_code in (400, 401)
