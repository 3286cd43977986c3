"""What stands in the way of a command is said as it is."""

import pytest
from django.db.utils import OperationalError
from django.utils import translation

from linli.site.troubles import sentence_for


@pytest.mark.parametrize("words", ["no such table: people_user", "no such column: people_user.name"])
def test_it_sends_a_database_older_than_the_program_to_the_set_up(words: str) -> None:
    with translation.override("en"):
        assert sentence_for(OperationalError(words)) == "The database is not set up yet. Run: linli setup"
