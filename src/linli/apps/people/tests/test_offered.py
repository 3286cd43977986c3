"""The buttons of a whole list: two queries, however long it is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.apps.people.models import ContactCard, User
from linli.apps.people.queries import verbs_for
from linli.apps.people.tests.factories import make_card, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel.publication import PublicationState, publications_of
from linli.kernel.scope import Role


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 50])
def test_it_offers_verbs_for_any_number_of_rows_in_two_queries(count: int) -> None:
    here = make_district()
    author = make_user(Role.COMMUNITY_WORKER, here.community)
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    for _ in range(count):
        make_card(here.community, PublicationState.SUBMITTED, author=author)
    rows = list(ContactCard.objects.select_related("community"))
    actor = User.objects.get(pk=secretary.pk)
    found = publications_of(rows)
    with CaptureQueriesContext(connection) as seen:
        offered = verbs_for(actor, rows, found)
    assert len(seen) == 2
    assert {tuple(verb.name for verb in verbs) for verbs in offered.values()} == {("check", "send_back")}
    assert len(offered) == count
