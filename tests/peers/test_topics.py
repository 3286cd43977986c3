"""Topics of 4,326 real messages against the hot topics two analysts told of them."""

import csv
import os
from collections import defaultdict
from pathlib import Path

import pytest

from linli.algorithms.topics import Message, topics_among

DATA = Path(os.environ.get("LINLI_DATA", Path(__file__).resolve().parents[3] / "shared" / "data")) / "messages"
pytestmark = [
    pytest.mark.peer,
    pytest.mark.sqlite_only,
    pytest.mark.skipif(not DATA.exists(), reason="the public messages are not beside the project (LINLI_DATA)"),
]


def analysts(team: str) -> list[set[str]]:
    """The five topics of one analyst, as numbers of messages."""
    told = defaultdict(set)
    with (DATA / f"hot_topics_team{team}_members.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            told[row["问题ID"]].add(row["留言编号"])
    return list(told.values())


def best_match(groups: list[set[str]], topics: list[set[str]]) -> float:
    """The mean over ``topics`` of F1 with the group that fits best."""
    fits = [max(2 * len(topic & group) / (len(topic) + len(group)) for group in groups) for topic in topics]
    return sum(fits) / len(fits)


def test_topics_are_those_of_analyst_e_and_nearer_to_analyst_c_than_e_is() -> None:
    with (DATA / "hot_topics_messages.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = topics_among([Message(row["留言主题"], row["留言详情"].strip()) for row in rows])
    groups = [{rows[one]["留言编号"] for one in topic.members} for topic in found]
    ours = {team: round(best_match(groups, analysts(team)), 2) for team in "EC"}
    each_other = best_match(analysts("E"), analysts("C"))

    assert ours["E"] >= 0.8
    assert ours["C"] > each_other, (ours, each_other)
