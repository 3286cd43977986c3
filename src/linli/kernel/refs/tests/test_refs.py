"""Pointing at any record, and resolving many at once."""

import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.playground.actors import Somebody
from tests.playground.models import Errand, Tally

from linli.kernel.refs import Kind, Ref, kind_of, new_key, ref_of, register, resolve


def test_it_makes_keys_that_sort_as_they_were_made(monkeypatch: pytest.MonkeyPatch) -> None:
    keys = []
    for millisecond in range(50):
        monkeypatch.setattr("time.time_ns", lambda now=millisecond: 1_790_000_000_000_000_000 + now * 1_000_000)
        keys.append(new_key())
    assert keys == sorted(keys)
    assert {(key.version, key.variant) for key in keys} == {(7, uuid.RFC_4122)}


def test_it_makes_no_key_twice() -> None:
    assert len({new_key() for _ in range(10_000)}) == 10_000


def test_it_reads_back_what_it_wrote() -> None:
    ref = Ref("playground.errand", new_key())
    assert Ref.parse(str(ref)) == ref


@pytest.mark.parametrize("text", ["", "playground.errand", "errand:1", "playground.errand:not-a-key"])
def test_it_refuses_what_is_not_a_ref(text: str) -> None:
    with pytest.raises(ValueError):
        Ref.parse(text)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_it_resolves_any_number_of_one_kind_in_one_query(count: int) -> None:
    errands = [Errand.objects.create(title=f"第{n}件") for n in range(count)]
    with CaptureQueriesContext(connection) as seen:
        found = resolve([ref_of(errand) for errand in errands], actor=Somebody())
    assert (len(seen), len(found)) == (1, count)
    first = found[ref_of(errands[0])]
    assert (first.label, first.address) == ("第0件", f"/errands/{errands[0].pk}/")


@pytest.mark.django_db
def test_it_leaves_out_what_the_actor_may_not_see() -> None:
    ref = ref_of(Errand.objects.create(title="取药"))
    assert resolve([ref], actor=None) == {}
    assert list(resolve([ref], actor=None, everything=True)) == [ref]


@pytest.mark.django_db
def test_it_leaves_out_what_is_gone() -> None:
    assert resolve([Ref("playground.errand", new_key())], actor=Somebody()) == {}


def test_it_fails_on_a_kind_nobody_registered() -> None:
    for unknown in ("no.such", Tally, Tally()):
        with pytest.raises(ImproperlyConfigured):
            kind_of(unknown)


def test_it_refuses_a_kind_twice() -> None:
    with pytest.raises(ImproperlyConfigured, match="twice"):
        register(Kind("playground.errand", Tally, "x", visible_to=lambda rows, actor: rows))
