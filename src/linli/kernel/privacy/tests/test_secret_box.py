"""An attacker with the whole database, who knows the order in which people voted, tries to learn who chose what.

He orders papers and participations by everything a database keeps (key, place on disk, transaction, the order of
a plain read) and compares with the known order of voting. 60 voters, each with a choice of his own, in each of 20
boxes. By chance Spearman's rho of one box has mean 0 and deviation 1/sqrt(59); the mean of 20 stays below 5
deviations, 0.146. Pairing rank by rank is right once a box by chance (Poisson), so at most 20 + 5 * sqrt(20) = 42
times in 20 boxes.
"""

import random
from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import connection
from tests.playground.models import CarelessVote

from linli.kernel.audit.models import AuditRow
from linli.kernel.errors import Conflict, Refusal, TooMany
from linli.kernel.jobs import Job
from linli.kernel.privacy import cast, close_box, has_taken_part, open_box, tally
from linli.kernel.privacy.boxes import contents
from linli.kernel.privacy.models import Participation, SecretBox, SecretPaper
from linli.kernel.refs import random_key
from linli.kernel.seals import Unreadable, open_for

VOTERS, BOXES = 60, 20
CHANCE = 5 / (VOTERS - 1) ** 0.5 / BOXES**0.5
HITS = BOXES + 5 * BOXES**0.5
Order = Callable[[str, str], list[str]]


def rho(order: list[int]) -> float:
    """Spearman's rank correlation of ``order`` with 0, 1, 2 …"""
    n = len(order)
    return 1 - 6 * sum((rank - place) ** 2 for place, rank in enumerate(order)) / (n * (n * n - 1))


def read(table: str, column: str, box: SecretBox | None, order: str) -> list[str]:
    where = "" if box is None else "WHERE box_id = %s"
    key = [] if box is None else [box.pk.hex if connection.vendor == "sqlite" else box.pk]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} {where} {order}", key)
        return [str(row[0]) for row in cursor.fetchall()]


def ways() -> list[str]:
    """Every order an attacker can put rows in: as they come, by key, by place on disk, by transaction."""
    physical = (
        ["ORDER BY rowid"] if connection.vendor == "sqlite" else ["ORDER BY ctid", "ORDER BY xmin::text::bigint, ctid"]
    )
    return ["", "ORDER BY id", *physical]


def vote(number: int) -> tuple[SecretBox, list[UUID]]:
    """Sixty people vote in a known order, voter i for choice i, and the box is closed."""
    box = open_box(room=16)
    voters = [random_key() for _ in range(VOTERS)]
    for place, voter in enumerate(voters):
        cast(box, participant=voter, content=str(place))
    close_box(box)
    return box, voters


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_secret_box() -> None:
    boxes = [vote(number) for number in range(BOXES)]
    correlations: dict[str, float] = {}
    hits: dict[str, int] = {}
    for way in ways():
        papers = [[int(x) for x in read("privacy_secretpaper", "content", box, way)] for box, _ in boxes]
        people = [
            [voters.index(UUID(x)) for x in read("privacy_participation", "participant", box, way)]
            for box, voters in boxes
        ]
        correlations[f"papers {way}"] = sum(map(rho, papers)) / BOXES
        correlations[f"people {way}"] = sum(map(rho, people)) / BOXES
        pairs = [(a, b) for one, two in zip(papers, people, strict=True) for a, b in zip(one, two, strict=True)]
        hits[way] = sum(a == b for a, b in pairs)
    assert {name: value for name, value in correlations.items() if abs(value) > CHANCE} == {}
    assert {name: value for name, value in hits.items() if value > HITS} == {}


@pytest.mark.django_db(transaction=True)
def test_it_is_a_fair_attack_for_it_finds_out_a_careless_table() -> None:
    for place in range(VOTERS):
        CarelessVote.objects.create(content=str(place))
    found = {way: rho([int(x) for x in read("playground_carelessvote", "content", None, way)]) for way in ways()}
    assert [value > 0.9 for value in found.values()] == [True] * len(found)


@pytest.mark.django_db(transaction=True)
def test_it_would_be_found_out_without_the_shuffle_at_closing() -> None:
    box = open_box(room=16)
    for place in range(VOTERS):
        cast(box, participant=UUID(int=place), content=str(place))
    physical = ways()[2]
    people = [UUID(x).int for x in read("privacy_participation", "participant", box, physical)]
    assert rho(people) == 1.0


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgres_only
def test_it_gives_all_rows_of_a_closed_box_one_transaction() -> None:
    box, _ = vote(0)
    transactions = {
        x for table in ("secretpaper", "participation") for x in read(f"privacy_{table}", "xmin::text", box, "")
    }
    assert len(transactions) == 1


@pytest.mark.django_db
def test_it_keeps_no_column_that_tells_when_or_by_whom() -> None:
    assert [field.name for field in SecretPaper._meta.get_fields()] == ["id", "box", "content"]
    assert [field.name for field in Participation._meta.get_fields()] == ["id", "box", "participant"]
    assert [field.name for field in SecretBox._meta.get_fields()] == ["id", "state", "room", "papers"]
    with pytest.raises(FieldDoesNotExist):
        SecretPaper._meta.get_field("created_at")


@pytest.mark.django_db
def test_it_gives_every_row_a_key_without_time() -> None:
    box, _ = vote(0)
    versions = {x.version for x in SecretPaper.objects.filter(box=box).values_list("id", flat=True)}
    versions |= {x.version for x in Participation.objects.filter(box=box).values_list("id", flat=True)}
    assert versions == {4}


def keys() -> set[UUID]:
    return {key for model in (SecretPaper, Participation) for key in model.objects.values_list("id", flat=True)}


@pytest.mark.django_db
def test_it_gives_papers_keys_other_than_those_they_had_while_open() -> None:
    box = open_box()
    for place in range(5):
        cast(box, participant=random_key(), content=str(place))
    before = set(SecretPaper.objects.values_list("id", flat=True)) | set(
        Participation.objects.values_list("id", flat=True)
    )
    close_box(box)
    after = set(SecretPaper.objects.values_list("id", flat=True)) | set(
        Participation.objects.values_list("id", flat=True)
    )
    assert (len(before), len(after), before & after) == (10, 10, set())


@pytest.mark.django_db
def test_it_writes_no_audit_row_and_no_job_for_a_vote() -> None:
    vote(0)
    assert (AuditRow.objects.count(), Job.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_it_shows_neither_choice_nor_its_length_while_open() -> None:
    box = open_box(room=64)
    for content in ("同意", "不同意,理由如下:太贵", "y"):
        cast(box, participant=random_key(), content=content)
    stored = list(SecretPaper.objects.values_list("content", flat=True))
    assert len({len(token) for token in stored}) == 1
    assert [token.startswith("1.own.") for token in stored] == [True] * 3


@pytest.mark.django_db
def test_it_destroys_the_key_of_the_papers_at_closing() -> None:
    box = open_box()
    cast(box, participant=random_key(), content="同意")
    token = SecretPaper.objects.get().content
    close_box(box)
    with pytest.raises(Unreadable):
        open_for(f"box:{box.pk}", token, context="paper")


@pytest.mark.django_db
def test_it_counts_after_closing_only() -> None:
    box = open_box()
    for content in random.Random(1).sample(["同意"] * 3 + ["不同意"] * 2, 5):
        cast(box, participant=random_key(), content=content)
    with pytest.raises(Conflict):
        tally(box)
    assert close_box(box) == 5
    assert (tally(box).counts, tally(box).papers) == ({"同意": 3, "不同意": 2}, 5)
    assert sorted(contents(box)) == sorted(["同意"] * 3 + ["不同意"] * 2)


@pytest.mark.django_db
def test_it_takes_one_paper_of_each_and_leaves_no_trace_of_a_second() -> None:
    box, voter = open_box(), random_key()
    cast(box, participant=voter, content="同意")
    with pytest.raises(Conflict):
        cast(box, participant=voter, content="不同意")
    assert has_taken_part(box, participant=voter)
    assert close_box(box) == 1


@pytest.mark.django_db
def test_it_takes_nothing_after_closing_and_closes_once() -> None:
    box = open_box()
    close_box(box)
    for late in (partial(cast, box, participant=random_key(), content="同意"), partial(close_box, box)):
        with pytest.raises(Conflict):
            late()
    assert tally(box).papers == 0


@pytest.mark.django_db
def test_it_refuses_a_paper_longer_than_the_room() -> None:
    with pytest.raises(TooMany):
        cast(open_box(room=5), participant=random_key(), content="同意")


@pytest.mark.django_db
def test_it_opens_nothing_when_somebody_stuffed_the_box() -> None:
    box = open_box()
    cast(box, participant=random_key(), content="同意")
    SecretPaper.objects.create(box=box, content=SecretPaper.objects.get().content)
    with pytest.raises(Refusal):
        close_box(box)
    box.refresh_from_db()
    assert (box.state, SecretPaper.objects.count()) == ("open", 2)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_it_counts_every_vote_that_was_accepted_while_it_was_being_closed(race: Callable[..., list[str]]) -> None:
    box = open_box()
    voter = f"""
from linli.kernel.errors import Conflict
from linli.kernel.privacy import cast, close_box
from linli.kernel.privacy.models import SecretBox
from linli.kernel.refs import random_key
import sys, time
box = SecretBox.objects.get(pk="{box.pk}")
accepted = 0
if sys.argv[1] == "close":
    time.sleep(0.3)
    close_box(box)
else:
    for _ in range(400):
        try:
            cast(box, participant=random_key(), content="x")
            accepted += 1
        except Conflict:
            break
print(accepted)
"""
    accepted = sum(map(int, race(voter, [("vote",), ("vote",), ("close",)])))
    assert (tally(box).papers, Participation.objects.count()) == (accepted, accepted)
