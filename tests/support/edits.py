"""Every verb of the three apps that edits a row, done once in a small district."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from linli.apps.organizations import services as organizations
from linli.apps.organizations.models import HonourLevel, OrganizationKind, PartyKind, RelationKind
from linli.apps.organizations.tests.factories import make_agency, make_facility, make_organization, make_standing
from linli.apps.organizations.tests.party_factories import count, make_party
from linli.apps.people import services as people
from linli.apps.people.models import Gender, Person, RollKind
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import TEXT, make_card, make_user, secretary_of
from linli.apps.places import services as places
from linli.apps.places.models import EstateKind, Level, OutlineDatum
from linli.apps.places.tests.factories import FIRST_DAY, District, make_houses, make_place
from linli.kernel.scope import Role

DAY = date(2026, 3, 1)
END: dict[str, Any] = {"on": DAY, "reason": "已到期", "actor": None}
SAID: dict[str, Any] = {"on": DAY, "source": "街道批复", "actor": None}
TRIANGLE = [[116.4, 39.9], [116.42, 39.9], [116.42, 39.92], [116.4, 39.92], [116.4, 39.9]]
OUTLINE = f'{{"type": "Polygon", "coordinates": [{TRIANGLE}]}}'


def edit_places(here: District) -> None:
    """Each verb of places that edits, once."""
    places.rename(here.other_community, name="南里新村社区", on=DAY, actor=None)
    places.recode(here.other_community, code="990101001009", on=DAY, actor=None)
    houses = make_houses(here.community)
    estate, building = houses["estate"], houses["building"]
    places.change_estate(estate, name="怡和新园", kind=EstateKind.COMMERCIAL, address="槐荫路1号", actor=None)
    second = make_place("990101001001002", "第二网格", Level.GRID, here.community)
    places.cover(here.grid, building=building, on=FIRST_DAY, actor=None)
    places.cover(second, building=building, on=DAY, actor=None)
    places.uncover(building=building, on=DAY + timedelta(days=1), actor=None)
    places.enter_figure(
        place=here.community, kind="residents", value=Decimal(4600), source="社区台账", as_of=FIRST_DAY, actor=None
    )
    places.draw_outline(
        place=here.community, geojson=OUTLINE, datum=OutlineDatum.GCJ02, source="测绘院", as_of=DAY, actor=None
    )
    row = houses["equipment"]
    places.change_equipment(row, count=3, notice_at="南门", notice_on=FIRST_DAY, filed_on=DAY, actor=None)
    places.end(make_place("990101001008", "旧社区", Level.COMMUNITY, here.street), on=DAY, actor=None)


def edit_organizations(here: District) -> None:
    """Each verb of organizations that edits, once."""
    one = make_organization(here.community, office_phone="010-62880011")
    organizations.correct(one, seen=one.version, actor=None, kind=OrganizationKind.ENTERPRISE, address="槐荫路5号")
    organizations.correct_contact(one, seen=one.version, actor=None, office_phone="010-62880022", about="助老")
    organizations.rename(one, name="暖邻中心", on=DAY, actor=None)
    organizations.suspend(one, **{**END, "on": DAY})
    organizations.resume(one, **{**END, "on": DAY + timedelta(days=1)})
    agency = make_agency(here.community)
    tie = organizations.declare_relation(
        one, kind=RelationKind.SUBSIDIARY, other=agency, on=FIRST_DAY, source="公示", actor=None
    )
    organizations.end_relation(tie, **END)
    coached = organizations.coach(one, agency=agency, valid_from=FIRST_DAY, source="协议", actor=None)
    organizations.end_coaching(coached, **END)
    organizations.end_standing(make_standing(agency), **END)
    honour = organizations.add_honour(
        title="示范社区", level=HonourLevel.DISTRICT, year=2025, given_by="区政府", place=here.community, actor=None
    )
    organizations.end_honour(honour, **END)
    edit_registers(here)
    organizations.end(one, **{**END, "on": DAY + timedelta(days=2)})


def edit_registers(here: District) -> None:
    facility = make_facility(here.community)
    organizations.correct_facility(
        facility, place=here.community, actor=None, kind="canteen", name="槐荫助餐点", address="槐荫路5号",
        hours="每天 9:00—17:00", valid_from=FIRST_DAY,
    )  # fmt: skip
    organizations.close_facility(facility, **END)
    partner = organizations.sign_partnership(
        place=here.community, kind="school", subject="暑期托管", partner="某小学", valid_from=FIRST_DAY,
        valid_to=date(2026, 12, 31), actor=None,
    )  # fmt: skip
    organizations.end_partnership(partner, **END)
    tick = organizations.tick(
        make_agency(here.community, "望桥中心"), checklist="six_haves", item="venue", on=FIRST_DAY,
        link="https://example.org/a", actor=None,
    )  # fmt: skip
    organizations.untick(tick, **END)


def edit_party(here: District) -> None:
    """Each verb of party organizations that edits, once."""
    above = make_party(here.community)
    branch = make_party(here.community, "第一支部", PartyKind.BRANCH, parent=above)
    organizations.change_party(branch, name="联合支部", kind=PartyKind.JOINT_BRANCH, **SAID)
    organizations.elect(branch, on=FIRST_DAY, actor=None)
    organizations.elect(branch, on=DAY, actor=None)
    unit = make_organization(here.community, "某店", OrganizationKind.ENTERPRISE)
    covers = organizations.cover_by_party(branch, unit, on=DAY, actor=None)
    organizations.end_cover(covers, **{**END, "on": DAY + timedelta(days=1)})
    organizations.end_instructor(
        organizations.assign_instructor(unit, on=FIRST_DAY, source="派驻函", actor=None), **END
    )
    count(branch, full=5)
    count(branch, full=6)
    organizations.end_party(branch, **{**END, "on": DAY + timedelta(days=1)})


def edit_people(here: District) -> None:
    """Each verb of accounts, posts and cards that edits, once."""
    user = make_user(name="林晓")
    people.correct_account(user, name="林小晓", email="lin@example.org", phone="13812340001", actor=None)
    post = people.give_post(user=user, role=Role.GRID_WORKER, place=here.grid, started_on=FIRST_DAY, actor=None)
    people.set_term(post, term_ends_on=date(2027, 1, 1), actor=None)
    deputy = people.name_substitute(post, deputy=make_user(Role.GRID_WORKER, here.community), actor=None)
    people.end_substitute(deputy, actor=None)
    people.end_post(post, ended_on=DAY, actor=None)
    people.rename_office(role=Role.LEADER, place=here.street, title="主任", valid_from=FIRST_DAY, actor=None)
    people.rename_office(role=Role.LEADER, place=here.street, title="街道主任", valid_from=DAY, actor=None)
    people.end_skill(people.add_skill(user, skill="social_work_middle", actor=None), actor=None)
    worker = make_user(Role.COMMUNITY_WORKER, here.community)
    card = make_card(here.community, author=worker)
    text = TEXT.__class__(**{**vars(TEXT), "hours": "每天 8:00—20:00"})
    people.edit(card, text=text, version=card.version, actor=worker)
    people.submit(card, actor=worker)
    people.send_back(card, reason="电话少一位", actor=secretary_of(here.community))


def person(here: District, name: str, **columns: Any) -> Person:
    return people.enter_person(community=here.community, text=PersonText(name=name, **columns), actor=None)


def edit_persons(here: District) -> None:
    """Each verb of the roster that edits, once."""
    kept = person(here, "周明", phone="13812340001")
    number = {"id_kind": "resident", "id_number": "11010119900307299X"}
    values = {"name": "周明明", "phone": "13987650002", "gender": Gender.FEMALE, "landline": "010-62889999", **number}
    people.correct_person(kept, values, actor=None)
    gone = person(here, "周明明", relation="户主")
    people.undo_merge(
        people.merge_persons(kept=kept, gone=gone, reason="同一人", actor=None), reason="有误", actor=None
    )
    entry = people.put_on_roll(
        person=person(here, "吴桐"), kind=RollKind.REPRESENTATIVE, community=here.community, started_on=FIRST_DAY,
        actor=None,
    )  # fmt: skip
    people.take_off_roll(entry, ended_on=DAY, actor=None)
    child = person(here, "小周", born_on=timezone.localdate() - timedelta(days=2000))
    held = people.name_guardian(
        ward=child, relation="母亲", consent_on=FIRST_DAY, guardian=person(here, "周母"), actor=None
    )
    people.end_guardianship(held, ended_on=DAY, actor=None)


DEEDS: tuple[Callable[[District], None], ...] = (
    edit_places, edit_organizations, edit_party, edit_people, edit_persons,
)  # fmt: skip
