"""Every verb of the three apps that edits a row leaves on record what each value was and what it became, in Chinese."""

import json
import re

import pytest
from django.utils import timezone
from django.utils.translation import override

from linli.apps.people import services as people
from linli.apps.people.models import Person, User
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit import action_named, actions, entries
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import facts_of
from linli.kernel.lifecycle import Lifecycle, lifecycles
from linli.kernel.privacy import erase
from tests.support.edits import DEEDS, person

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate().isoformat()
ADDS = frozenset(
    """
    places.place.found places.place.merge places.place.split places.estate.add places.building.add
    places.stairwell.add places.household.add places.figure.remove places.outline.remove
    places.safety.register places.safety.remove organizations.organization.enter
    organizations.organization.legal_person organizations.related_party.declare organizations.coaching.begin
    organizations.standing.give organizations.honour.add organizations.facility.open
    organizations.partnership.sign organizations.checklist_tick.tick organizations.party_organization.found
    organizations.party_organization.cover organizations.instructor.assign people.user.open people.user.join
    people.post.give people.person.enter people.person.enter_many people.substitute.name
    people.absence.enter people.skill.add people.guardian.name people.roll.put people.contact_card.draw_up
    people.handover.draw_up people.handover.add_item people.handover.remove_item people.identity.prove
    people.identity.slip people.identity.refuse people.data_request.ask people.data_export.ready
    people.consent_text.write people.consent.give people.disclosure.write people.impact_assessment.enter
    people.data_incident.enter people.data_incident.tell
    """.split()  # noqa: SIM905  # a name a word is easier to keep than sixty in quotes
)
"""Verbs that make or remove a whole row, or only say something: their facts are what was written."""
SILENT = frozenset(
    """
    people.user.password people.user.close people.user.leave people.user.return people.person.empty
    people.absence.call_off people.consent.withdraw people.identity.withdraw
    """.split()  # noqa: SIM905  # a name a word is easier to keep than sixty in quotes
)
"""Verbs that set nothing but a moment, or destroy what was there: the verb itself is all there is to tell."""
EDITS: dict[str, dict[str, str]] = {
    "places.estate.change": {
        "名称": "怡和园 → 怡和新园",
        "类型": "老旧小区 → 商品房小区",
        "街路门牌": "（空） → 槐荫路1号",
    },
    "places.figure.enter": {"数值": "4,500 → 4,600"},
    "places.grid.cover": {"网格": "第一网格 → 第二网格"},
    "places.grid.uncover": {"网格": "第二网格 → （空）"},
    "places.outline.draw": {
        "来源": "规划部门 → 测绘院",
        "截至日期": "2026-01-01 → 2026-03-01",
        "坐标系": "WGS-84（国际通用坐标） → GCJ-02（国测局坐标）",
        "点数": "4 → 5",
    },
    "places.place.end": {"日期": "（空） → 2026-03-01"},
    "places.place.recode": {"代码": "990101001002 → 990101001009"},
    "places.place.rename": {"名称": "南里社区 → 南里新村社区"},
    "places.safety.change": {
        "数量": "2 → 3",
        "提示标识位置": "北门 → 南门",
        "公安机关备案日期": "（空） → 2026-03-01",
    },
    "organizations.checklist_tick.untick": {"日期": "（空） → 2026-03-01"},
    "organizations.coaching.end": {"日期": "（空） → 2026-03-01"},
    "organizations.facility.close": {"日期": "（空） → 2026-03-01"},
    "organizations.facility.correct": {
        "类别": "居家养老服务中心 → 社区食堂（助餐点）",
        "名称": "槐荫居家养老服务中心 → 槐荫助餐点",
        "开放时间": "周一至周五 9:00—17:00 → 每天 9:00—17:00",
    },
    "organizations.honour.end": {"日期": "（空） → 2026-03-01"},
    "organizations.instructor.end": {"日期": "（空） → 2026-03-01"},
    "organizations.member_count.count": {"人数": "正式党员5 → 正式党员6"},
    "organizations.organization.correct": {"类别": "社会组织 → 企业", "地址": "（空） → 槐荫路5号"},
    "organizations.organization.correct_contact": {
        "办公电话": "010-62880011 → 010-62880022",
        "服务内容": "（空） → 助老",
    },
    "organizations.organization.end": {"状态": "正常 → 终止", "失效日期": "（空） → 2026-03-03"},
    "organizations.organization.rename": {"名称": "暖邻社会工作服务中心 → 暖邻中心"},
    "organizations.organization.resume": {"状态": "暂停 → 正常"},
    "organizations.organization.suspend": {"状态": "正常 → 暂停"},
    "organizations.partnership.end": {"日期": "2026-12-31 → 2026-03-01"},
    "organizations.party_organization.change": {
        "名称": "第一支部 → 联合支部",
        "类别": "党支部 → 联合党支部",
    },
    "organizations.party_organization.elect": {"日期": "2026-01-01 → 2026-03-01"},
    "organizations.party_organization.end": {"日期": "（空） → 2026-03-02"},
    "organizations.party_organization.uncover": {"日期": "（空） → 2026-03-02"},
    "organizations.related_party.end": {"日期": "（空） → 2026-03-01"},
    "organizations.standing.end": {"日期": "2031-01-01 → 2026-03-01"},
    "people.contact_card.edit": {"时间": "周一至周日 9:00—18:00 → 每天 8:00—20:00"},
    "people.contact_card.send_back": {"状态": "待核对 → 草稿"},
    "people.contact_card.submit": {"状态": "草稿 → 待核对"},
    "people.guardian.end": {"日期": "（空） → 2026-03-01"},
    "people.office.rename": {"职务名称": "主任 → 街道主任"},
    "people.person.correct": {
        "名称": "周明 → 周明明",
        "手机": "138****0001 → 139****0002",
        "座机": "（空） → ***",
        "证件类型": "（空） → 居民身份证",
        "证件号码": "（空） → 110***********299X",
        "性别": "（空） → 女",
    },
    "people.person.merge": {"与户主关系": "（空） → 户主"},
    "people.person.unmerge": {"与户主关系": "户主 → （空）"},
    "people.post.end": {"结束日期": "（空） → 2026-03-01"},
    "people.post.set_term": {"任期至": "（空） → 2027-01-01"},
    "people.roll.end": {"结束日期": "（空） → 2026-03-01"},
    "people.skill.end": {"失效日期": f"（空） → {TODAY}"},
    "people.substitute.end": {"日期": f"（空） → {TODAY}"},
    "people.user.correct": {
        "名称": "林晓 → 林小晓",
        "电子邮箱": "（空） → lin@example.org",
        "电话": "（空） → 138****0001",
    },
}
"""Verb -> the facts its row tells as before → after."""


@pytest.fixture(scope="module")
def here(module_db: None) -> District:
    """A district in which every deed was done by somebody who reads English."""
    found = make_district()
    with override("en"):
        for deed in DEEDS:
            deed(found)
    return found


def edits_of(action: str) -> dict[str, str]:
    """Word -> "before → after" of the last row of ``action``."""
    row = AuditRow.objects.filter(action=action).order_by("id").last()
    assert row is not None, action
    return {word: value for word, value in entries([row])[0].facts if " → " in value}


def everything_told() -> str:
    """All facts of all rows as they can be opened now."""
    return json.dumps(facts_of(*AuditRow.objects.all()), ensure_ascii=False)


@pytest.mark.parametrize("action", sorted(EDITS))
def test_it_tells_what_each_value_was_and_what_it_became(action: str, here: District) -> None:
    assert edits_of(action) == EDITS[action]


def test_it_knows_of_every_verb_whether_it_edits() -> None:
    moves = {life.action(verb) for life in lifecycles() for verb in life.transitions}
    known = {action.name for action in actions() if action.name.split(".")[0] in ("places", "organizations", "people")}
    follows = {name for name in known if name.endswith(".follow")}  # many rows go with their place: from, into, count
    assert known - moves - follows == (set(EDITS) - moves) | ADDS | SILENT


@pytest.mark.parametrize("life", lifecycles(), ids=lambda life: life.name)
def test_every_verb_of_a_lifecycle_tells_the_state_before_and_after(life: Lifecycle) -> None:
    assert [life.column in action_named(life.action(verb)).words for verb in life.transitions] == [
        True for _verb in life.transitions
    ]


def test_it_writes_the_labels_of_roles_in_chinese_whoever_acts(here: District) -> None:
    rows = AuditRow.objects.filter(action="people.post.give", kind="people.post")
    told = {facts["role"] for facts in facts_of(*rows) if facts}
    assert {"网格员", "社区工作者"} <= told
    assert not re.search("[A-Za-z]{4}", "".join(told))


@pytest.mark.parametrize("secret", ["13812340001", "13987650002", "11010119900307299X", "010-62889999"])
def test_it_keeps_no_number_of_a_person_in_full(secret: str, here: District) -> None:
    assert secret not in everything_told()


def test_nothing_can_be_read_of_a_person_whose_key_was_destroyed(here: District) -> None:
    user = User.objects.get(name="林小晓")
    owners = {user.pk, *Person.objects.values_list("pk", flat=True)}
    words = (
        "林晓",
        "林小晓",
        f'"{user.username}"',
        "lin@example.org",
        "138****0001",
        "139****0002",
        "周明",
        "周明明",
        "户主",
    )
    assert [word for word in words if word not in everything_told()] == []
    for owner in owners:
        erase(owner, actor=None, reason="本人要求删除")
    assert [word for word in words if word in everything_told()] == []


def test_what_is_said_of_somebody_erased_is_written_without_the_values(here: District) -> None:
    someone = person(here, "洪某")
    erase(someone.pk, actor=None, reason="本人要求删除")
    people.correct_person(someone, {"other_names": "洪二"}, actor=None)
    row = AuditRow.objects.filter(action="people.person.correct", ref_id=someone.pk).get()
    assert dict(entries([row])[0].facts)["曾用名或别名"] == "（空） → （已删除）"
