"""One wall before every door: a complaint is seen above the office it is about, a sensitive matter by whom it names.

Walked by the secretary complained about (who also keeps the system), his substitute, a worker below (who also keeps
security), an auditor who holds a post there, the leader above, and the handler named in the sensitive matter.
"""

import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from linli.apps.needs import queries, services
from linli.apps.needs.models import Alarm, Answer, HotTopic, Need, Route, Sensitivity, Way
from linli.apps.needs.services import ContactText, Spot
from linli.apps.needs.services.likely import propose_likely
from linli.apps.needs.services.training import training_rows
from linli.apps.needs.tests.factories import make_category
from linli.apps.people.models import Post, Substitute, User
from linli.apps.people.queries import kept_about, subject_of
from linli.apps.people.services import draw_up_handover
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.api import tokens
from linli.kernel.api.webhooks.telling import _may_know
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import TaskSource, contributions
from linli.kernel.events import Event
from linli.kernel.files.models import Photo
from linli.kernel.files.tests.samples import photo, upload
from linli.kernel.notices.contributions import visible_to as outbox_of
from linli.kernel.notices.models import Delivery, Notice
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Role
from linli.kernel.search import find

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only, pytest.mark.pages]
SHUT = ("secretary", "deputy", "worker", "auditor")
WALLED, QUIET = "针眼", "针孔"
WORDS = "书记打人，还说要放火烧了棚子"
LISTS = (
    "needs:needs", "needs:board", "needs:issues", "needs:issues_print", "needs:likely", "needs:topics", "needs:tickets",
    "needs:ticket_answers", "needs:cases", "needs:case_answers", "needs:ticket_ledger", "needs:ticket_files",
    "needs:whistles", "needs:watches",
    "needs:ringing", "needs:disputes", "needs:models", "needs:enter", "needs:figures", "needs:rules", "people:desk",
    "people:handovers", "ui:notices",
    "ui:outbox", "ui:jobs", "ui:audit", "ui:audit_csv", "ui:audit_xlsx", "ui:calendar", "ui:scans", "ui:webhooks",
)  # fmt: skip
"""Lists, boards, exports and pages of the kernel that show what needs record."""


@dataclass
class House:
    """Who works where; ``walled`` is about the secretary, ``quiet`` a dispute; the neighbour needs say the same."""

    here: District
    people: dict[str, User]
    walled: Need
    quiet: Need
    resident: User

    def __getitem__(self, name: str) -> User:
        return User.objects.get(pk=self.people[name].pk)


def _people(here: District) -> dict[str, User]:
    community, street, district = here.community, here.street, here.district
    found = {
        "secretary": make_user(Role.COMMUNITY_SECRETARY, community, name="陶书记", password=None),
        "deputy": make_user(Role.STREET_OFFICER, street, name="代书记", password=None),
        "worker": make_user(Role.COMMUNITY_WORKER, community, name="米社工", password=None),
        "auditor": make_user(Role.COMMUNITY_WORKER, community, name="兼审计", password=None),
        "handler": make_user(Role.COMMUNITY_WORKER, community, name="专人", password=None),
        "officer": make_user(Role.STREET_OFFICER, street, name="街道办", password=None),
        "leader": make_user(Role.LEADER, street, name="分管", password=None),
    }
    also = (
        ("secretary", Role.SYSTEM_ADMINISTRATOR),
        ("worker", Role.SECURITY_ADMINISTRATOR),
        ("auditor", Role.AUDITOR),
    )
    for name, role in also:
        Post.objects.create(user=found[name], role=role, place=district, started_on="2026-01-01")
    post = Post.objects.get(user=found["secretary"], role=Role.COMMUNITY_SECRETARY)
    Substitute.objects.create(post=post, holder=found["secretary"], deputy=found["deputy"], valid_from="2026-01-01")
    return found


def _walled(here: District, people: dict[str, User], resident: User) -> Need:
    """A complaint about the secretary, with all that can hang on a need; it is being handled above him."""
    contact = ContactText(name=f"{WALLED}人", phone="13800019999", address=f"{WALLED}楼3单元502", user=resident.pk)
    need = services.receive(
        street=here.street, place=here.community, matter=f"{WALLED}：{WORDS}", title=f"{WALLED}题", channel="window",
        contact=contact, about=Ref("people.user", people["secretary"].pk), spot=Spot(words=f"{WALLED}点"), actor=None,
        at=timezone.now() - timedelta(hours=4),
    ).need  # fmt: skip
    services.attach(need, upload(photo()), actor=None)
    officer, leader = people["officer"], people["leader"]
    services.analyse(need, category=make_category("0803"), route=Route.FORWARD, actor=officer)
    services.dispatch(need, unit=here.street, user=officer, actor=leader)
    services.accept(need, actor=officer)
    services.record_contact(need, way="phone", reached=True, actor=officer)
    services.draft_answer(need, text=f"{WALLED}答复", outcome="explained", ways=[Way.AT_DOOR], actor=officer)
    services.extend(need, until=timezone.now() + timedelta(days=30), reason=f"{WALLED}延期", actor=officer)
    return need


def _quiet(here: District, people: dict[str, User]) -> Need:
    """A dispute in which one worker is named."""
    kind = make_category("0901", sensitivity=Sensitivity.DISPUTE)
    need = services.receive(
        street=here.street, place=here.community, matter=f"{QUIET}：{WORDS}", title=f"{QUIET}题", channel="visit",
        category=kind, contact=ContactText(name=f"{QUIET}人"), actor=people["handler"],
    ).need  # fmt: skip
    services.analyse(need, category=kind, route=Route.AT_ONCE, actor=people["handler"])
    return need


@pytest.fixture(scope="module")
def house(module_db: None) -> House:
    here = make_district()
    people, resident = _people(here), make_user(name="住户", password=None)
    walled, quiet = _walled(here, people, resident), _quiet(here, people)
    for number in range(4):  # the same words, ordinary: likeness, pairs and topics have something to find
        like = services.receive(
            street=here.street, place=here.community, matter=WORDS, title=f"棚子{number}", channel="portal", actor=None,
            category=make_category("0101"),
        ).need  # fmt: skip
        propose_likely(like)
    propose_likely(walled)
    propose_likely(quiet)
    services.find_all_topics()
    services.recount(here.street, [timezone.localdate()])
    return House(here, people, walled, quiet, resident)


def doors_of(house: House) -> list[tuple[str, dict[str, str]]]:
    """Addresses with what is asked: every list, and each page of each record of the two needs."""
    found: list[tuple[str, dict[str, str]]] = [(reverse(name), {}) for name in LISTS]
    found += [(reverse("needs:needs"), asked) for asked in ({"tab": "all"}, {"tab": "handling"}, {"q": "放火"})]
    found += [(reverse(name), {"q": "放火"}) for name in ("ui:search", "ui:public_search")]
    found += [(reverse("needs:board"), {"by": by}) for by in ("category", "unit", "month")]
    found += [(reverse("needs:report_paper", args=[house.here.street.pk, span]), {}) for span in ("day", "month")]
    found += [(reverse("needs:topic", args=[topic.pk]), {}) for topic in HotTopic.objects.all()]
    found += [(reverse("ui:audit"), {"about": str(ref_of(need))}) for need in (house.walled, house.quiet)]
    for need in (house.walled, house.quiet):
        found += [(reverse(f"needs:{name}", args=[need.pk]), {}) for name in ("need", "answer", "came_again")]
        found += [(reverse("needs:do", args=[need.pk, verb]), {}) for verb in ("contact", "rate", "split", "join")]
        found += [(reverse("ui:photos", args=["needs.need", need.pk]), {})]
        found += [(reverse("ui:reveal", args=["needs.contact", need.contact.pk, "phone"]), {})]
        found += [(reverse("needs:alarm", args=[alarm.pk]), {}) for alarm in Alarm.objects.filter(need=need)]
        found += [(reverse("needs:extension", args=[need.pk, one.pk]), {}) for one in need.extensions.all()]
    for one in Photo.objects.all():
        found += [(reverse(f"ui:{name}", args=[one.pk]), {}) for name in ("photo", "photo_original", "photo_withdraw")]
        found.append((reverse("ui:file", args=[one.stored_id]), {}))
    found.append(("/open311/v2/requests.json", {}))
    return found


def said_by(response: object) -> str:
    """Everything an answer says; what is packed is opened."""
    raw = b"".join(response.streaming_content) if getattr(response, "streaming", False) else response.content  # type: ignore[attr-defined]  # an answer of either sort
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            raw = b"\n".join(packed.read(name) for name in packed.namelist())
    return raw.decode("utf-8", "replace")


def told_of(house: House, name: str) -> dict[str, set[str]]:
    """Which of the two needs this person meets, by the door: by their words, their number or their id."""
    client, found = Client(), dict[str, set[str]]()
    client.force_login(house[name])
    marks = {"walled": house.walled, "quiet": house.quiet}
    words = {"walled": WALLED, "quiet": QUIET}
    for address, asked in doors_of(house):
        response = client.get(address, asked)
        if response.status_code != 200:
            continue
        body = said_by(response)
        for mark, need in marks.items():
            here = str(need.pk) not in address and str(need.pk) not in str(asked)
            if words[mark] in body or need.number in body or (here and str(need.pk) in body):
                found.setdefault(mark, set()).add(address)
    return found


@pytest.mark.parametrize("name", SHUT)
def test_it_shows_neither_to_the_office_whatever_they_keep_beside(house: House, name: str) -> None:
    assert told_of(house, name) == {}


def test_the_leader_above_meets_the_complaint_and_not_the_dispute(house: House) -> None:
    found, need = told_of(house, "leader"), house.walled
    shown = {reverse("needs:needs"), reverse("needs:need", args=[need.pk]), reverse("people:desk")}
    assert (shown - found["walled"], "quiet" in found) == (set(), False)


def test_who_is_named_meets_the_dispute_and_not_the_complaint(house: House) -> None:
    found = told_of(house, "handler")
    assert (reverse("needs:need", args=[house.quiet.pk]) in found["quiet"], "walled" in found) == (True, False)
    assert [address for address in found["quiet"] if "search" in address or "topic" in address] == []


@pytest.mark.parametrize("name", [*SHUT, "leader", "handler"])
def test_the_interface_tells_what_the_wall_tells(house: House, name: str) -> None:
    user = house[name]
    secret = tokens.issue(name="对接", owner=user, scopes=["needs:read"], actor=user).secret
    seen = {}
    for mark, need in (("walled", house.walled), ("quiet", house.quiet)):
        answer = Client().get(f"/api/v1/needs/{need.pk}", headers={"Authorization": f"Bearer {secret}"})
        seen[mark] = answer.status_code == 200
    listed = (
        Client().get("/api/v1/needs", {"limit": 100}, headers={"Authorization": f"Bearer {secret}"}).content.decode()
    )
    assert (WALLED in json.dumps(json.loads(listed), ensure_ascii=False)) == seen["walled"]
    assert seen == {"walled": name == "leader", "quiet": name == "handler"}


@pytest.mark.parametrize("name", SHUT)
def test_no_query_task_notice_message_or_record_tells_the_office(house: House, name: str) -> None:
    user, shut = house[name], {house.walled.pk, house.quiet.pk}
    refs = [ref_of(one) for need in (house.walled, house.quiet) for one in (need, need.contact, *need.answers.all())]
    refs += [ref_of(alarm) for alarm in Alarm.objects.filter(need__in=shut)]
    alike = queries.alike(WORDS, street=house.here.street, place=house.here.community, actor=user, limit=50)
    pairs = [one.need.pk for bundle in queries.bundles(user) for one in (bundle, *bundle.beside)]
    tasks = {task.ref.id for source in contributions(TaskSource) for task in source.find(user)}
    notices = set(Notice.objects.filter(recipient=user.pk).values_list("ref_id", flat=True))
    outbox = set(outbox_of(Delivery.objects.all(), user).values_list("notice__ref_id", flat=True))
    hits = {hit.ref.id for hit in find("放火", actor=user)}
    counted = sum(queries.board_of(user).values())
    assert resolve(refs, actor=user) == {}
    assert shut & ({one.need.pk for one in alike} | set(pairs) | tasks | notices | outbox | hits) == set()
    assert (len(alike), counted) == (4, queries.visible_to(user).count())


def test_nothing_is_likened_gathered_or_learned_from_either(house: House) -> None:
    shut = {house.walled.pk, house.quiet.pk}
    topics = set(HotTopic.objects.values_list("members__need", flat=True))
    told = queries.neighbours_said(WORDS, house.here.community)
    assert shut & (topics | {one.pk for one in told}) == set()
    assert {text for text, _code in training_rows() if WALLED in text or QUIET in text} == set()
    assert services.suggest_category("") is None


def test_a_webhook_of_somebody_behind_the_wall_is_not_told(house: House) -> None:
    row = AuditRow.objects.filter(ref_id=house.walled.pk).first()
    assert row is not None
    event = Event(row.pk, row.action, ref_of(house.walled), None, row.at.isoformat(), {})
    assert [_may_know(house[name], event) for name in (*SHUT, "leader")] == [False, False, False, False, True]


def test_a_slip_of_a_handover_lists_neither_and_a_copy_of_data_shows_it_to_its_owner(house: House) -> None:
    post = Post.objects.get(user=house["officer"])
    slip = draw_up_handover(post, taker=house["deputy"], witness=house["worker"], actor=house["officer"])
    lines = {item.ref_id for item in slip.items.all()}
    readers = {"owner": house.resident.pk, "worker": house["worker"].pk, "house": None}
    kept = {name: kept_about(subject_of(house.resident, reader=reader)) for name, reader in readers.items()}
    counts = {name: [one.count for one in parts if one.part.name == "needs.contact"] for name, parts in kept.items()}
    assert (lines & {house.walled.pk, house.quiet.pk}, counts) == (set(), {"owner": [1], "worker": [], "house": [1]})


def test_a_gap_between_rows_tells_the_auditor_of_the_office_nothing(house: House) -> None:
    client = Client()
    client.force_login(house["auditor"])
    lines = said_by(client.get(reverse("ui:audit_csv"))).splitlines()[1:]
    numbers = {line.split(",")[-3] for line in lines}
    assert (len(lines) > 3, numbers) == (True, {""})


def test_what_is_split_off_stays_behind_the_wall_and_complaints_about_others_are_not_joined(house: House) -> None:
    officer = house["officer"]
    need = Need.objects.get(pk=house.walled.pk)
    part = services.split(need, matters=[f"{WALLED}二"], actor=officer)[0].need
    assert (part.about_id, part.walled_place_id) == (need.about_id, need.walled_place_id)
    assert not Answer.objects.filter(need=part).exists()
    other = services.receive(
        street=house.here.street, place=house.here.community, matter="社工态度差", channel="portal", actor=None,
        about=Ref("people.user", house["worker"].pk),
    ).need  # fmt: skip
    with pytest.raises(Exception) as refusal:
        services.join(other, into=part, actor=officer)
    assert getattr(refusal.value, "code", "") == "wall"
