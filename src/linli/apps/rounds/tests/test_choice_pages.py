"""The page residents choose on, the desk of the choice, files in and out."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from linli.algorithms.allocation import parse_pb
from linli.apps.people.models import User
from linli.apps.people.tests.factories import make_user
from linli.apps.rounds import queries, services
from linli.apps.rounds.models import ChoiceState, ElsewhereFile, Phase, ResidentsChoice
from linli.apps.rounds.services import Way
from linli.apps.rounds.tests.chosen import Held, make_choice, make_person, make_resident
from linli.kernel.errors import Refusal
from linli.kernel.privacy.models import SecretPaper
from linli.kernel.scope import Role

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]
FILE = """META
key;value
budget;9000
vote_type;approval
num_votes;4
PROJECTS
project_id;cost;name
2026-01-001;4000;议事 角
b;5000;助餐点
VOTES
voter_id;vote
1;2026-01-001,b
2;b
3;b
4;
"""


def client_of(user: User | None = None) -> Client:
    client = Client(headers={"accept-language": "zh-CN"})
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def run_now(held: Held) -> Held:
    """Let the phase of the choice run at the moment of the test."""
    now = timezone.now()
    Phase.objects.filter(pk=held.choice.phase_id).update(
        opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )
    held.choice.refresh_from_db()
    return held


def codes_now(held: Held, count: int = 5) -> list[str]:
    _batch, codes = services.issue_choice_slips(held.choice, place=held.district.community, count=count, actor=None)
    return codes


def close_now(held: Held) -> Held:
    Phase.objects.filter(pk=held.choice.phase_id).update(closes_at=timezone.now() - timedelta(minutes=1))
    held.choice.refresh_from_db()
    services.close_choice(held.choice, actor=None)
    return held


@pytest.fixture(scope="module")
def made(module_db: None) -> Held:
    held = run_now(make_choice())
    services.open_choice(held.choice, actor=None)
    return held


@pytest.fixture
def held(made: Held) -> Held:
    choice = ResidentsChoice.objects.select_related("round__place", "phase", "box").get(pk=made.choice.pk)
    return Held(made.district, choice.round, choice, made.proposals)


@pytest.fixture
def fresh(held: Held) -> Held:
    """The same round with a choice that is only prepared."""
    ResidentsChoice.objects.filter(pk=held.choice.pk).update(state=ChoiceState.DRAFTED, box=None)
    held.choice.projects.all().delete()
    held.choice.refresh_from_db()
    return held


@pytest.fixture(scope="module")
def officer(made: Held) -> User:
    return make_user(Role.STREET_OFFICER, made.district.street, password=None)


@pytest.fixture
def desk(officer: User) -> Client:
    return client_of(officer)


def at(route: str, held: Held, *more: Any) -> str:
    return reverse(f"rounds:{route}", args=[held.intake.pk, *more])


def test_a_resident_chooses_looks_it_over_and_casts(held: Held) -> None:
    code, phone, address = codes_now(held, 1)[0], client_of(), at("choose", held)
    asked = phone.get(f"{address}?code={code}")
    assert (asked.status_code, f'value="{code}"' in asked.content.decode()) == (200, True)
    review = phone.post(address, {"step": "review", "picks": ["1", "3"], "code": code})
    shown = review.content.decode()
    assert ["议事角" in shown, "共享花园" in shown, "助餐点" in shown, "确认，投票" in shown] == [
        True,
        True,
        False,
        True,
    ]
    assert SecretPaper.objects.count() == 0
    again = phone.post(address, {"step": "edit", "picks": ["1", "3"], "code": code})
    assert (again.status_code, again.content.decode().count(" checked")) == (200, 2)
    cast = phone.post(address, {"step": "cast", "picks": ["1", "3"], "code": code}, follow=True)
    done = cast.content.decode()
    assert cast.redirect_chain == [(at("chosen", held), 302)]
    assert ["选票已投入票箱" in done, "议事角" in done, code in done] == [True, False, False]
    assert {answer.headers["Cache-Control"] for answer in (asked, review, cast)} == {"private, no-store"}


def test_it_keeps_nothing_in_session_or_draft(held: Held) -> None:
    code, phone = codes_now(held, 1)[0], client_of()
    page = phone.get(f"{at('choose', held)}?code={code}").content.decode()
    phone.post(at("choose", held), {"step": "review", "picks": ["2"], "code": code})
    assert (dict(phone.session), "data-draft" in page) == ({}, False)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"picks": ["1", "2", "3"]}, "最多选2个项目，您选了3个。"),
        ({}, "请至少选一个项目。"),
        ({"picks": ["1"], "code": "AAAA-AAAA"}, "没有这个码"),
    ],
)
def test_it_says_what_is_wrong_with_a_ballot(held: Held, sent: dict[str, Any], told: str) -> None:
    code = codes_now(held, 1)[0]
    answer = client_of().post(at("choose", held), {"step": "review", "code": code, **sent})
    assert (answer.status_code, told in answer.content.decode()) == (422, True)


def test_a_used_slip_is_refused_with_a_sentence(held: Held) -> None:
    code, sent = codes_now(held, 1)[0], {"step": "cast", "picks": ["1"]}
    client_of().post(at("choose", held), {**sent, "code": code})
    answer = client_of().post(at("choose", held), {**sent, "code": code})
    assert (answer.status_code, "该码已被使用" in answer.content.decode()) == (422, True)


def test_the_page_asks_the_database_little(held: Held) -> None:
    phone, address = client_of(), at("choose", held)
    phone.get(address)
    with CaptureQueriesContext(connection) as asked:
        phone.get(address)
    assert len(asked) == 4


def test_by_the_roster_it_tells_a_stranger_to_sign_in_and_a_resident_that_he_did(made: Held) -> None:
    held = run_now(made)
    ResidentsChoice.objects.filter(pk=held.choice.pk).update(admission="roster")
    address = at("choose", held)
    assert "请先登录" in client_of().get(address).content.decode()
    resident = client_of(make_resident(held))
    assert resident.post(address, {"step": "cast", "picks": ["1"]}).status_code == 302
    assert "每人只能参加一次" in resident.get(address).content.decode()


def test_counts_are_hidden_until_closed_and_public_once_published(held: Held, desk: Client) -> None:
    services.cast_ballot(held.choice, picks={2: 1}, way=Way(codes_now(held, 1)[0]), actor=None)
    assert client_of().get(at("choice_pb", held)).status_code == 404
    assert desk.get(at("choice_export", held)).status_code == 302
    assert "得票" not in desk.get(at("choice_desk", held)).content.decode()
    close_now(held)
    text = desk.get(at("choice_desk", held)).content.decode()
    assert ("可参加1人，投出1票" in text, "仅供参考" in text, "异常情况" in text) == (True, True, True)
    assert "得票" not in client_of().get(at("call", held)).content.decode()
    desk.post(at("change_choice", held, "publish"))
    shown = client_of().get(at("call", held)).content.decode()
    assert ("可参加1人，投出1票" in shown, "助餐点" in shown) == (True, True)
    read = parse_pb(client_of().get(at("choice_pb", held)).content)
    assert (read.projects["2026-01-002"]["votes"], read.election.ballots, read.meta["budget"]) == ("1", 1, "12000.00")
    assert [name for name in read.meta if "voter" in name] == []


def test_points_leave_as_cumulative_votes(fresh: Held) -> None:
    held = fresh
    ResidentsChoice.objects.filter(pk=held.choice.pk).update(kind="points", most=5, pot=Decimal(7000))
    held.choice.refresh_from_db()
    services.open_choice(held.choice, actor=None)
    for code, picks in zip(codes_now(held), [{1: 4, 2: 1}, {2: 5}], strict=False):
        services.cast_ballot(held.choice, picks=picks, way=Way(code), actor=None)
    close_now(held)
    held.choice.refresh_from_db()
    read = parse_pb(queries.pb_of(held.choice).encode())
    assert (read.meta["vote_type"], read.meta["max_sum_points"], read.meta["budget"]) == ("cumulative", "5", "7000.00")
    assert (read.election.ids[:2], read.election.sums) == (("2026-01-001", "2026-01-002"), (4, 6, 0))


def test_the_desk_prepares_opens_and_prints(held: Held, desk: Client) -> None:
    ElsewhereFile.objects.all().delete()
    ResidentsChoice.objects.all().delete()
    address = at("choice_desk", held)
    assert "尚未准备居民评选" in desk.get(address).content.decode()
    now, day = timezone.localtime(), timedelta(days=1)
    terms = {
        "kind": "approval", "most": "2", "admission": "slip", "least_age": "18", "pot": "",
        "after": held.intake.phases.order_by("order")[0].pk,
        "opens_at": f"{now - day:%Y-%m-%dT%H:%M}", "closes_at": f"{now + day:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    assert desk.post(at("prepare_choice", held), {**terms, "closes_at": terms["opens_at"]}).status_code == 422
    desk.post(at("prepare_choice", held), terms)
    share = {"body": "党工委会议", "held_on": "2026-03-01", "minutes_number": "3号"}
    refused = desk.post(at("change_choice", held, "share"), {**share, "share": "31"})
    assert (refused.status_code, "最多占总分的30%" in refused.content.decode()) == (422, True)
    desk.post(at("change_choice", held, "share"), {**share, "share": "20"})
    desk.post(at("change_choice", held, "open"))
    text = desk.get(address).content.decode()
    assert ("经党工委会议决定（3号），占总分的20%。" in text, "共享花园" in text) == (True, True)
    printed = desk.post(at("choice_slips", held), {"place": held.district.community.pk, "count": "2"})
    assert (printed.headers["Content-Type"], b"".join(printed.streaming_content)[:5]) == ("application/pdf", b"%PDF-")  # type: ignore[attr-defined]  # a file
    assert b"".join(desk.get(at("blank_ballot", held)).streaming_content)[:5] == b"%PDF-"  # type: ignore[attr-defined]  # same


def test_the_table_gives_papers_out_and_two_type_them(held: Held, desk: Client) -> None:
    worker = client_of(make_user(Role.COMMUNITY_WORKER, held.district.community, password=None))
    ResidentsChoice.objects.filter(pk=held.choice.pk).update(admission="roster")
    make_person(held, "周大婶")
    assert worker.post(at("choice_paper", held), {"person": "没有"}).status_code == 422
    assert worker.post(at("choice_paper", held), {"person": "周大婶"}).status_code == 302
    assert worker.post(at("choice_paper", held), {"person": "周大婶"}).status_code == 422
    worker.post(at("type_ballot", held, 1), {"picks": ["1"]})
    desk.post(at("type_ballot", held, 1), {"picks": ["2"]})
    assert "有差异，待核定" in desk.get(at("choice_papers", held)).content.decode()
    assert "1 / 2" in desk.get(at("type_ballot", held, 1)).content.decode()
    desk.post(at("type_ballot", held, 1), {"picks": ["2"]})
    held.choice.refresh_from_db()
    assert (held.choice.typed_in, "已录两遍" in desk.get(at("choice_papers", held)).content.decode()) == (1, True)


def upload(desk: Client, held: Held, text: str) -> Any:
    return desk.post(at("choice_upload", held), {"file": SimpleUploadedFile("choice.pb", text.encode())}, follow=True)


def test_a_choice_held_elsewhere_is_shown_and_taken_over(fresh: Held, desk: Client) -> None:
    text = upload(desk, fresh, FILE).content.decode()
    assert ("共4张选票" in text, "2026-01-002 助餐点" in text, "采用评选结果" in text) == (True, True, True)
    desk.post(at("change_choice", fresh, "take_over"))
    fresh.choice.refresh_from_db()
    assert (fresh.choice.state, fresh.choice.cast, fresh.votes()) == (ChoiceState.CLOSED, 4, [1, 3, 0])
    found = queries.ballots_of(fresh.intake)
    assert found is not None
    keys = [str(one.pk) for one in fresh.proposals]
    assert (found.ballots, dict(zip(found.ids, found.votes, strict=True))) == (
        4,
        dict(zip(keys, (1, 3, 0), strict=True)),
    )
    assert parse_pb(queries.pb_of(fresh.choice).encode()).election.votes == (1, 3, 0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (FILE.replace("budget;9000", "budget;viel"), "choice.pb 第3行"),
        (FILE.replace("3;b\n", "3;c\n"), "choice.pb 第14行"),
        (FILE.replace("approval", "cumulative").replace("voter_id;vote", "voter_id;vote;points").replace("4;", "4;;"),
         "choice.pb 第12行"),
    ],
)  # fmt: skip
def test_a_malformed_file_says_where(fresh: Held, desk: Client, text: str, told: str) -> None:
    answer = upload(desk, fresh, text)
    assert (answer.status_code, told in answer.content.decode(), ElsewhereFile.objects.count()) == (422, True, 0)


def test_a_file_with_a_strange_project_is_not_taken_over(fresh: Held, desk: Client) -> None:
    text = upload(desk, fresh, FILE.replace("助餐点", "别的项目")).content.decode()
    assert ("未找到" in text, "采用评选结果" in text) == (True, False)
    with pytest.raises(Refusal, match="1"):
        services.take_over(fresh.choice, actor=None)


def test_awards_leave_as_pb_even_without_a_choice(fresh: Held) -> None:
    read = client_of().get(at("awards_pb", fresh))
    assert (read.status_code, read.content.decode().splitlines()[0]) == (200, "META")
