"""Pabulib files: read strictly, told by line where they are malformed, and written so that they read the same."""

from pathlib import Path

import pytest

from linli.algorithms.allocation import Malformed, election, parse_pb, pb_text, read_pb

pytestmark = pytest.mark.sqlite_only
GOOD = """META
key;value
description;"三间房; 居民评选"
num_projects;2
num_votes;3
budget;100.5
vote_type;approval
PROJECTS
project_id;cost;name
1;50;凉亭
2;60.25;"花园 ""小"" ; 二期"
VOTES
voter_id;age;vote
a;30;1,2
b;;2, 1
c;;
"""


def test_it_reads_projects_and_merges_equal_ballots(tmp_path: Path) -> None:
    file = tmp_path / "good.pb"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    read = read_pb(file)
    found = read.election
    assert (read.meta["description"], read.projects["2"]["name"]) == ("三间房; 居民评选", '花园 "小" ; 二期')
    assert (found.ids, found.costs, found.budget, found.scale) == (("1", "2"), (200, 241), 402, 4)
    assert (found.ballots, found.votes, found.points) == (3, (2, 2), None)


def test_it_reads_points_and_counts_a_point_of_nothing_as_no_support() -> None:
    text = GOOD.replace("approval", "cumulative").replace("age;vote", "points;vote")
    text = text.replace("a;30;", "a;2,0.5;").replace("b;;2, 1", "b;0;2")
    found = parse_pb(text.encode()).election
    assert (found.votes, found.sums) == ((1, 1), (4, 1))


def test_it_counts_a_project_named_twice_on_a_ballot_once() -> None:
    assert parse_pb(GOOD.replace("a;30;1,2", "a;30;1,1").encode()).election.votes == (2, 1)


BAD = [
    ("META", "MEAT", 1, "the line META"),
    ("META\nkey", "x\nMETA\nkey", 1, "the line META"),
    ("PROJECTS\n", "", 15, "the line PROJECTS"),
    ("VOTES\n", "", 15, "the line VOTES"),
    ("META\nkey", "VOTES\nMETA\nkey", 13, "VOTES only once"),
    ("META\nkey;value\n", "PROJECTS\nMETA\nkey;value\n", 9, "PROJECTS only once"),
    ("project_id;cost;name", "", 9, "the names of the columns of PROJECTS"),
    ("VOTES\n", "VOTES\nVOTES\n", 13, "VOTES only once"),
    ("key;value", "key,value", 2, "'key;value'"),
    ("num_votes;3", "num_votes;4", 5, "3, the number of votes in the file, found '4'"),
    ("num_projects;2", "num_projects;x", 4, "2, the number of projects in the file, found 'x'"),
    ("num_votes;3", "num_projects;2", 5, "'num_projects' only once"),
    ("budget;100.5\n", "", 1, "'budget;' and an amount"),
    ("100.5", "1,000", 6, "'budget;' and an amount (digits and a point), found '1,000'"),
    ("approval", "ordinal", 7, "'vote_type;' and one of approval, choose-1, scoring, cumulative"),
    ("approval", "scoring", 13, "a column 'points' in VOTES"),
    ("project_id;cost", "project_id;price", 9, "a column 'cost' in PROJECTS"),
    ("1;50;", "1;-50;", 10, "an amount in 'cost' (digits and a point), found '-50'"),
    ("1;50;", "1;nan;", 10, "an amount in 'cost' (digits and a point), found 'nan'"),
    ("1;50;凉亭", "1;50", 10, "3 cells separated by ';' in PROJECTS, found 2"),
    ("2;60.25", "1;60.25", 11, "project '1' only once"),
    ("2;60.25", ";60.25", 11, "an id without commas in 'project_id'"),
    ("; 二期\"", "; 二期", 11, "a cell closed by its quotation mark on the same line"),
    ("b;;2, 1", "b;;2;1", 15, "3 cells separated by ';' in VOTES, found 4"),
    ("b;;2, 1", "b;;2,3", 15, "ids of PROJECTS separated by ',' in 'vote', found '3'"),
    ("b;;2, 1", "a;;2,1", 15, "voter 'a' only once"),
    ("1;50;凉亭\n2;60.25;\"花园 \"\"小\"\" ; 二期\"\n", "", 10, "at least one project"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "expected"), BAD)
def test_it_tells_the_line_of_what_is_malformed(old: str, new: str, line: int, expected: str) -> None:
    assert GOOD.count(old) >= 1
    with pytest.raises(Malformed) as refused:
        parse_pb(GOOD.replace(old, new, 1).encode())
    assert (refused.value.line, refused.value.expected) == (line, expected)


def test_it_tells_parts_in_another_order() -> None:
    head, votes = GOOD.split("VOTES\n")
    meta, projects = head.split("PROJECTS\n")
    with pytest.raises(Malformed, match=r"^line 8: expected VOTES in the order META, PROJECTS, VOTES$"):
        parse_pb(f"{meta}VOTES\n{votes}PROJECTS\n{projects}".encode())


@pytest.mark.parametrize("points", ["1", "1,x", "1,-2", "1,2,3"])
def test_it_refuses_points_that_do_not_fit_their_projects(points: str) -> None:
    text = GOOD.replace("approval", "cumulative").replace("age;vote", "points;vote").replace("a;30;", f"a;{points};")
    with pytest.raises(Malformed, match=r"^line 14: expected each project once in 'vote' and a number for each"):
        parse_pb(text.replace("b;;2, 1", "b;;").encode())


def test_it_refuses_bytes_that_are_no_text_in_their_line() -> None:
    with pytest.raises(Malformed, match=r"^line 10: expected text in UTF-8$"):
        parse_pb(GOOD.encode("gb18030").replace("三间房; 居民评选".encode("gb18030"), b"x"))


def test_what_it_writes_reads_the_same() -> None:
    projects = {"1": {"cost": "50", "name": "凉亭"}, "2": {"cost": "60.25", "name": 'a;"b"\nc', "category": "环境"}}
    ballots = [["1", "2"], [], ["2"]]
    voters = [{"voting_method": "paper"}, {}, {"voting_method": "internet"}]
    text = pb_text(meta={"budget": "100.5", "rule": "greedy"}, projects=projects, ballots=ballots, voters=voters)
    read, made = parse_pb(text.encode()), election(budget="100.5", costs={"1": 50, "2": "60.25"}, ballots=ballots)
    assert [getattr(read.election, name) for name in ("ids", "costs", "budget", "ballots", "votes")] == [
        made.ids, made.costs, made.budget, made.ballots, made.votes,
    ]  # fmt: skip
    assert read.projects["2"] == {"project_id": "2", "cost": "60.25", "name": 'a;"b" c', "category": "环境"}
    assert (read.meta["vote_type"], text.splitlines()[-3:]) == ("approval", ["1;1,2;paper", "2;;", "3;2;internet"])


def test_it_writes_points() -> None:
    ballots = [{"1": 3, "2": 1}, {}, {"2": "0.5"}]
    text = pb_text(meta={"budget": "9"}, projects={"1": {"cost": "5"}, "2": {"cost": "6"}}, ballots=ballots)
    read = parse_pb(text.encode())
    assert (read.meta["vote_type"], read.election.ballots, read.election.sums) == ("cumulative", 3, (6, 3))


@pytest.mark.parametrize(
    ("projects", "ballots", "sentence"),
    [
        ({"a,b": {"cost": "1"}}, [], "expected an id without commas"),
        ({"": {"cost": "1"}}, [], "expected an id without commas"),
        ({"1": {}}, [], "expected a cost for project '1'"),
        ({"1": {"cost": "1"}}, [["2"]], "expected ballots for projects that stand, not '2'"),
    ],
)
def test_it_refuses_to_write_what_it_could_not_read(
    projects: dict[str, dict[str, str]], ballots: list[list[str]], sentence: str
) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}"):
        pb_text(meta={"budget": "1"}, projects=projects, ballots=ballots)
