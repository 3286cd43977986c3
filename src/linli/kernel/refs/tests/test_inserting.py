"""Many rows in one statement: as `save` would write them, and all or none."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.playground.models import Errand

from linli.kernel.refs.inserting import insert_many

pytestmark = pytest.mark.django_db


def test_it_writes_what_save_would() -> None:
    fresh = [Errand(title="浇花"), Errand(title="取药", taken_by="李某", version=3)]
    insert_many(fresh)
    one, other = Errand.objects.order_by("version")
    assert [(row.pk, row.title, row.state, row.taken_by) for row in (one, other)] == [
        (fresh[0].pk, "浇花", "open", ""),
        (fresh[1].pk, "取药", "open", "李某"),
    ]


def test_a_row_it_wrote_is_changed_by_save_afterwards() -> None:
    row = Errand(title="浇花")
    insert_many([row])
    row.title = "修灯"
    row.save()
    assert list(Errand.objects.values_list("title", flat=True)) == ["修灯"]


@pytest.mark.parametrize(("count", "statements"), [(0, 0), (1, 1), (300, 1)])
def test_it_is_one_statement_however_many_they_are(count: int, statements: int) -> None:
    with CaptureQueriesContext(connection) as asked:
        insert_many([Errand(title=f"第{number}件") for number in range(count)])
    assert (len(asked), Errand.objects.count()) == (statements, count)


def test_one_wrong_row_keeps_all_out() -> None:
    there = Errand.objects.create(title="浇花")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_many([Errand(title="取药"), Errand(pk=there.pk, title="修灯")])
    assert Errand.objects.count() == 1
