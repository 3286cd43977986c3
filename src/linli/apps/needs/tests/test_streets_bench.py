"""The bench of streets in small: what it fills is what the desk's list, search and board then show."""

import pytest

from linli.apps.needs import queries
from linli.apps.needs.bench import filling
from linli.apps.needs.models import Assignment, DailySum, Need
from linli.apps.needs.queries.sums import PLACE, board, sums_for
from linli.apps.people.models import User

pytestmark = pytest.mark.django_db


def test_a_filled_street_is_listed_searched_and_counted_and_nothing_of_its_neighbour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(filling, "TEXTS", 41)
    filled = filling.fill(2, 60)
    officer = User.objects.get(pk=filled.officer)
    mine = Need.objects.filter(street__code="990101001000")
    word = Need.objects.exclude(pk__in=mine).values_list("matter", flat=True)[0][:2]
    said = sorted(need.pk for need in mine if word in need.matter)
    assert (filled.needs, queries.visible_to(officer).count(), sum(queries.board_of(officer).values())) == (120, 60, 60)
    assert (sorted(queries.found(word, officer).keys), said != []) == (said, True)
    assert sum(line.counts.received for line in board(sums_for(officer), by=PLACE)) == 60
    assert DailySum.objects.count() > 60
    assert Assignment.objects.filter(need__in=mine, duty="owner").count() == 60
