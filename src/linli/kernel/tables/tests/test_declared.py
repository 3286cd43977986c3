"""What a declaration of a sheet may say."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import QuerySet

from linli.kernel.tables import Column, Into, Sheet
from linli.kernel.tables.checking import Checker

pytestmark = pytest.mark.sqlite_only
COLUMNS = (Column("estate", "小区"), Column("door", "门牌", required=True))


def commit(rows: QuerySet[Any], *, actor: Any) -> None:
    """Takes nothing over."""


def test_a_key_with_a_part_that_may_be_empty_belongs_to_an_owner_who_commits_himself() -> None:
    with pytest.raises(ImproperlyConfigured):
        Sheet(name="x.doors", title="门牌", columns=COLUMNS, key=("estate", "door"), into=Into(model=lambda: None))
    assert Sheet(name="x.doors", title="门牌", columns=COLUMNS, key=("estate", "door"), commit=commit).key == (
        "estate",
        "door",
    )


def test_a_key_has_nothing_for_a_column_that_is_not_in_the_file() -> None:
    sheet = Sheet(name="x.doors", title="门牌", columns=COLUMNS, key=("estate", "door"), commit=commit)
    checked = Checker(sheet, {"door": 0}, actor=None).check([(2, ["501"]), (3, ["501"])])
    assert [(row.key, [one["code"] for one in row.problems]) for row in checked] == [
        ((None, "501"), []),
        ((None, "501"), ["twice"]),
    ]
