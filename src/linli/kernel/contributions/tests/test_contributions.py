"""The registry: what is unknown, doubled or uncovered fails at start."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured
from tests.playground.models import Errand

from linli.kernel.contributions import (
    Hold,
    NavItem,
    PagePart,
    PersonalData,
    Searchable,
    Verb,
    contribute,
    contributions,
    declare_slot,
    held,
    mistakes,
    page_parts,
    verify,
)
from linli.kernel.contributions.registry import _all
from linli.kernel.contributions.starting import holds_personal_data
from linli.kernel.refs import Ref, new_key
from linli.kernel.scope import everyone


@pytest.fixture
def scratch() -> Iterator[None]:
    before = list(_all)
    yield
    _all[:] = before


def _nothing(*anything: object) -> None:
    return None


def test_it_starts_with_every_name_known() -> None:
    assert [str(mistake) for mistake in mistakes()] == []


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (PagePart("no.such.slot", "x", "playground/mood.html", _nothing), "which no page declares"),
        (PagePart("playground.errand.page", "x", "no/such.html", _nothing), "which is missing"),
        (Verb("no.such.kind", "x", "X", everyone, str), "which is not registered"),
        (Searchable("no.such.kind", str), "which is not registered"),
        (NavItem("x", "X", "no-such-route", everyone), "the route 'no-such-route', which is missing"),
        (NavItem("x", "X", "ui:jobs", everyone, section="attic"), "the section 'attic', which is missing"),
    ],
)
def test_it_refuses_to_start_with_an_unknown_name(scratch: None, item: object, sentence: str) -> None:
    contribute(item)
    with pytest.raises(ImproperlyConfigured, match=sentence):
        verify()


def test_it_refuses_to_start_when_a_persons_data_is_covered_by_nobody(scratch: None) -> None:
    _all[:] = [item for item in _all if not isinstance(item, PersonalData)]
    with pytest.raises(ImproperlyConfigured, match="holds a person's data"):
        verify()


def test_it_sees_which_tables_hold_a_persons_data() -> None:
    from django.contrib.auth import get_user_model

    assert (holds_personal_data(get_user_model()), holds_personal_data(Errand)) == (True, False)


def test_it_refuses_the_same_name_twice(scratch: None) -> None:
    contribute(NavItem("twice", "X", "x", everyone))
    with pytest.raises(ImproperlyConfigured, match="twice"):
        contribute(NavItem("twice", "Y", "y", everyone))
    with pytest.raises(ImproperlyConfigured, match="twice"):
        declare_slot("playground.errand.page")


def test_it_fills_a_slot_in_order_and_leaves_out_what_has_nothing_to_say(scratch: None) -> None:
    first = PagePart("playground.errand.page", "first", "playground/mood.html", lambda a, r: {"n": 1}, order=1)
    silent = PagePart("playground.errand.page", "silent", "playground/mood.html", _nothing)
    contribute(silent, first)
    parts = page_parts("playground.errand.page", actor=None, record=SimpleNamespace(title="好"))
    assert [(part["name"], part["context"]) for part in parts] == [("first", {"n": 1}), ("mood", {"mood": "好!"})]


def test_it_fails_on_a_slot_no_page_declares() -> None:
    with pytest.raises(ImproperlyConfigured):
        page_parts("no.such.slot", actor=None)


def test_it_lists_contributions_by_kind() -> None:
    assert all(isinstance(item, PagePart) for item in contributions(PagePart))
    assert "mood" in [part.name for part in contributions(PagePart)]


def test_it_tells_why_something_is_held(scratch: None) -> None:
    subject, grounds = Ref("playground.errand", new_key()), Ref("playground.errand", new_key())
    contribute(Hold("a", lambda about, _why: "被反映，暂缓" if about == subject else ""), Hold("b", lambda _a, _b: ""))
    assert (held(subject, grounds), held(grounds, subject)) == (["被反映，暂缓"], [])
