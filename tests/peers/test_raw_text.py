"""Raw messages as people wrote them, asked of a model that has learned from none of them."""

import pytest

from linli.algorithms.classify.raw import measured_raw
from linli.algorithms.classify.splits import folder, messages

pytestmark = [
    pytest.mark.peer,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not folder().exists(), reason="the public messages are not beside the project (LINLI_DATA)"),
]


def test_it_names_most_raw_messages_it_has_not_seen() -> None:
    found = measured_raw(messages())
    assert (found.learned, found.left_out, found.asked) == (7506, 562, 456)
    assert found.accuracy >= 0.83
    assert found.in_two >= 0.94
    assert found.right_of_answered >= 0.91
