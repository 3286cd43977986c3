"""The bench of likeness in small: filled set by set, edited copies are found again, in the index that verbs keep."""

from random import Random

import pytest

from linli.algorithms.duplicates.inventing import messages
from linli.apps.needs.bench import duplicates
from linli.apps.needs.models import Band, Need, Sketch
from linli.apps.needs.queries.sketching import BANDS
from linli.apps.needs.services.likeness import rebuild_likeness
from linli.apps.places.tests.factories import make_district

pytestmark = pytest.mark.django_db


def test_edited_copies_are_found_again_in_an_index_filled_set_by_set() -> None:
    street = make_district().street
    texts = messages(150, copies=0, seed=4)[0]
    keys = duplicates._insert_needs(texts, street.pk)
    duplicates._insert_index(texts, keys, street.pk)
    found = duplicates._asked(texts, keys, street.pk, Random(2))
    assert (Need.objects.count(), Sketch.objects.count(), Band.objects.count()) == (150, 150, 150 * BANDS)
    assert (found["asked"], found["recall"] >= 0.97) == (150, True)
    kept = sorted(Band.objects.values_list("key", flat=True))
    assert rebuild_likeness() == 150
    assert sorted(Band.objects.values_list("key", flat=True)) == kept
