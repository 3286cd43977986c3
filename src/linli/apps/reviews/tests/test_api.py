"""Reviews in the interface: reviews within reach, results once they are revealed, the same price for any number."""

from typing import Any

import pytest
from django.test import Client

from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.apps.reviews import services
from linli.apps.reviews.models import ReviewSession
from linli.apps.reviews.tests.factories import DAY, Review, make_review, make_session
from linli.kernel.api import issue
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
SESSIONS, RESULTS = "/api/v1/sessions", "/api/v1/results"


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    return make_district()


@pytest.fixture(scope="module")
def review(here: District) -> Review:
    """Three entries of five judges: two revealed with equal scores, the best one collected only."""
    made = make_review(here.street, entries=3, ties="equal", pass_mark=60).start()
    for entry, total in ((0, 70), (1, 90), (2, 70)):
        made.hand_in(entry, dict.fromkeys(range(5), total))
    made.finish(0)
    made.finish(2)
    services.collect(made.reload().entries[1], actor=made.host)
    return made.reload()


@pytest.fixture(scope="module")
def officer(here: District) -> User:
    return make_user(Role.STREET_OFFICER, here.street, password=None)


def client_of(user: User, *scopes: str) -> Client:
    secret = issue(name="x", owner=user, scopes=scopes or ["reviews:read"], actor=user).secret
    return Client(headers={"Authorization": f"Bearer {secret}"})


def items(client: Client, address: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(address).json()["items"]
    return found


def test_it_gives_results_as_revealed_and_tells_nothing_of_the_others(review: Review, officer: User) -> None:
    found = items(client_of(officer), f"{RESULTS}?session={review.session.pk}")
    told = [(row["number"], row["score"], row["rank"], row["tied"], row["passed"], row["dropped"]) for row in found]
    drop = ["70.00", "70.00"]
    assert told == [(1, "70.00", 1, True, True, drop), (3, "70.00", 1, True, True, drop)]
    assert {row["panel"] for row in found} == {"第一组"}


def test_it_filters_results_by_panel_and_subject(review: Review, officer: User) -> None:
    client, first = client_of(officer), review.entries[0]
    asked = f"panel={review.panel.pk}", f"subject={first.subject_id}", f"subject={review.entries[1].subject_id}"
    assert [[row["number"] for row in items(client, f"{RESULTS}?{query}")] for query in asked] == [[1, 3], [1], []]


def test_it_pages_results(review: Review, officer: User) -> None:
    client = client_of(officer)
    first = client.get(f"{RESULTS}?limit=1").json()
    second = client.get(first["next"]).json()
    assert [row["number"] for row in (*first["items"], *second["items"])] == [1, 3]
    assert second["next"] is None


def test_it_gives_one_review_without_its_room(review: Review, officer: User) -> None:
    found = client_of(officer).get(f"{SESSIONS}/{review.session.pk}").json()
    assert (found["rubric"], found["rubric_version"], found["state"]) == ("pitch_review", 1, "running")
    words = (
        "closed_at first_day id last_day mode pass_mark place_id purpose ranks_across rubric rubric_version "
        "started_at state title venue"
    )
    assert " ".join(sorted(found)) == words


def test_it_filters_reviews_and_leaves_rehearsals_out(review: Review, here: District, officer: User) -> None:
    contest = make_session(here.street, purpose="contest", title="邻里节", rubric=review.session.rubric)
    ReviewSession.objects.filter(pk=make_session(here.street, rubric=contest.rubric).pk).update(rehearsal_of=contest)
    client, day = client_of(officer), DAY.isoformat()
    asked = "", "state=running", "purpose=contest", f"since={day}", "until=2026-01-01"
    counts = [len(items(client, f"{SESSIONS}?{query}")) for query in asked]
    assert counts == [2, 1, 1, 2, 0]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.STREET_OFFICER, 200),
        (Role.FINANCE_OFFICER, 200),
        (Role.GRID_WORKER, 403),
        (Role.SYSTEM_ADMINISTRATOR, 403),
        (Role.RESIDENT, 403),
    ],
)
def test_it_asks_for_the_post_too(here: District, role: Role, status: int) -> None:
    client = client_of(make_user(role, here.street, password=None))
    assert [client.get(address).status_code for address in (SESSIONS, RESULTS)] == [status, status]


def test_it_knows_nothing_of_the_neighbours(review: Review, here: District) -> None:
    client = client_of(make_user(Role.STREET_OFFICER, here.neighbour_street, password=None))
    assert (items(client, SESSIONS), items(client, RESULTS)) == ([], [])
    assert client.get(f"{SESSIONS}/{review.session.pk}").status_code == 404


def test_it_answers_403_to_another_scope(review: Review, officer: User) -> None:
    client = client_of(officer, "places:read")
    assert [client.get(address).status_code for address in (SESSIONS, RESULTS)] == [403, 403]


@pytest.mark.parametrize(("address", "questions"), [(SESSIONS, 4), (RESULTS, 5)])
def test_it_asks_the_same_number_of_questions_for_any_number_of_rows(
    review: Review, officer: User, address: str, questions: int, django_assert_num_queries: Any
) -> None:
    client = client_of(officer)
    for limit in (1, 50):
        with django_assert_num_queries(questions):
            client.get(f"{address}?limit={limit}")


@pytest.mark.parametrize("until", ["0", "2026-1-3", "22.11.2026"])
def test_it_takes_a_day_in_one_way_only(review: Review, officer: User, until: str) -> None:
    assert client_of(officer).get(f"{SESSIONS}?until={until}").status_code == 422
