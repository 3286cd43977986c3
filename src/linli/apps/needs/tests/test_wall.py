"""One wall: a complaint about somebody is hidden from him, his substitutes and his whole office, whatever they are."""

from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.remembering import remembered

from linli.apps.needs import queries, services
from linli.apps.needs.models import Contact, Need, Sensitivity
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.organizations.tests.factories import make_organization
from linli.apps.people.models import Post, Substitute, User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import visible_to as audited
from linli.kernel.errors import Refusal
from linli.kernel.notices.models import Notice
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Role
from linli.kernel.search import find

pytestmark = pytest.mark.django_db


@dataclass
class Office:
    """A community whose secretary is complained about, and those around."""

    here: District
    complaint: Need
    lamp: Need
    secretary: User
    worker: User
    auditor: User
    grid_worker: User
    deputy: User
    officer: User
    leader: User


@remembered
def make_office() -> Office:
    """A complaint about the secretary of a community beside an ordinary need of it."""
    here = make_district()
    community, street = here.community, here.street
    secretary = make_user(Role.COMMUNITY_SECRETARY, community, name="陶书记")
    worker = make_user(Role.COMMUNITY_WORKER, community, name="米社工")
    auditor = make_user(Role.COMMUNITY_WORKER, community, name="兼审计")
    Post.objects.create(user=auditor, role=Role.AUDITOR, place=here.district, started_on="2026-01-01")
    grid_worker = make_user(Role.GRID_WORKER, here.grid, name="网格员")
    deputy = make_user(Role.STREET_OFFICER, street, name="代书记")
    post = Post.objects.get(user=secretary)
    Substitute.objects.create(post=post, holder=secretary, deputy=deputy, valid_from="2026-01-01")
    officer = make_user(Role.STREET_OFFICER, street, name="街道办")
    leader = make_user(Role.LEADER, street, name="分管")
    complaint = make_need(community, about=Ref("people.user", secretary.pk), matter="书记答复群众态度生硬。")
    lamp = make_need(community)
    return Office(here, complaint, lamp, secretary, worker, auditor, grid_worker, deputy, officer, leader)


def test_it_hides_a_complaint_from_the_whole_office() -> None:
    office = make_office()
    seen = {
        name: set(queries.visible_to(getattr(office, name)).values_list("title", flat=True)) for name in (
            "secretary", "worker", "auditor", "deputy", "officer", "leader",
        )
    }  # fmt: skip
    lamp, both = {office.lamp.title}, {office.lamp.title, office.complaint.title}
    assert seen == {
        "secretary": lamp, "worker": lamp, "auditor": lamp, "deputy": lamp, "officer": both, "leader": both,
    }  # fmt: skip


def test_it_hides_the_record_of_the_complaint_from_an_auditor_of_that_office() -> None:
    office = make_office()
    rows = AuditRow.objects.filter(kind="needs.need")
    told = set(audited(rows, office.auditor).values_list("ref_id", flat=True))
    assert told == {office.lamp.pk}


def test_it_neither_resolves_nor_finds_a_complaint_behind_the_wall() -> None:
    office = make_office()
    refs = [ref_of(office.complaint), ref_of(office.lamp)]
    assert set(resolve(refs, actor=office.secretary)) == {ref_of(office.lamp)}
    assert find("书记", actor=office.secretary) == find("书记", actor=office.leader) == []


def test_it_gives_a_complaint_to_the_level_above() -> None:
    office = make_office()
    part = office.complaint.assignments.get()
    assert (part.place, part.duty) == (office.here.street, "owner")


def test_it_opens_a_sensitive_matter_to_who_is_named_in_it_alone() -> None:
    here = make_district()
    secretary = make_user(Role.COMMUNITY_SECRETARY, here.community)
    leader = make_user(Role.LEADER, here.district)
    category = make_category("0901", sensitivity=Sensitivity.DOMESTIC_VIOLENCE)
    need = make_need(here.community, category=category)
    seen = [queries.visible_to(user).filter(pk=need.pk).exists() for user in (secretary, leader)]
    assert seen == [True, False]


def doors_of(office: Office) -> list[str]:
    """Addresses that would show the complaint."""
    need = office.complaint
    contact = need.contact
    return [
        reverse("needs:need", args=[need.pk]),
        reverse("needs:answer", args=[need.pk]),
        reverse("needs:do", args=[need.pk, "contact"]),
        reverse("ui:photos", args=["needs.need", need.pk]),
        reverse("ui:reveal", args=["needs.contact", contact.pk, "phone"]),
    ]


def test_the_whole_office_meets_the_complaint_behind_no_door() -> None:
    office = make_office()
    found = {}
    for name in ("secretary", "worker", "auditor", "grid_worker", "deputy", "officer"):
        client = Client()
        client.force_login(getattr(office, name))
        statuses = {client.get(address).status_code for address in doors_of(office)}
        listed = office.complaint.title in client.get(reverse("needs:needs"), {"tab": "all"}).content.decode()
        found[name] = (statuses, listed)
    shut = ({404}, False)
    assert found == {
        "secretary": shut, "worker": shut, "auditor": shut, "grid_worker": shut, "deputy": shut,
        "officer": ({200, 302}, True),  # the door to answering leads back before it is handled
    }  # fmt: skip


def test_no_task_and_no_notice_climbs_the_wall() -> None:
    office = make_office()
    work = {
        name: {one.need.title for one in queries.work_of(getattr(office, name))}
        for name in ("secretary", "worker", "officer")
    }
    told = set(Notice.objects.filter(ref_id=office.complaint.pk).values_list("recipient", flat=True))
    lamp = {office.lamp.title}
    assert work == {"secretary": lamp, "worker": lamp, "officer": {office.complaint.title}}
    assert told & {office.secretary.pk, office.worker.pk, office.auditor.pk, office.deputy.pk} == set()
    assert office.officer.pk in told


def test_nobody_behind_the_wall_is_given_a_part() -> None:
    office = make_office()
    category = make_category("0803")
    services.analyse(office.complaint, category=category, route="forward", actor=office.officer)
    refused = []
    for unit, user in ((office.here.community, None), (office.here.grid, None), (office.here.street, office.deputy)):
        office.complaint.refresh_from_db()
        with pytest.raises(Refusal) as refusal:
            services.dispatch(office.complaint, unit=unit, user=user, actor=office.leader)
        refused.append(refusal.value.code)
    offered = set(queries.staff_for(office.complaint))
    assert refused == ["walled", "walled", "walled"]
    assert offered == {office.officer, office.leader}


def test_a_complaint_goes_with_the_post_to_nobody_behind_the_wall() -> None:
    office = make_office()
    services.change_owner(office.complaint, office.officer, office.here.street, "accepted", actor=None, at=NOW)
    moved = services.succeed(office.officer.pk, office.deputy.pk, [office.complaint.pk], at=NOW)
    part = office.complaint.assignments.get(duty="owner", until__isnull=True)
    assert (moved, part.user, part.place) == (1, None, office.here.street)


def test_the_contact_of_an_outside_unit_opens_only_with_consent() -> None:
    here = make_district()
    company = make_organization(here.street, kind="property_company")
    manager = make_user(Role.ORGANIZATION_MANAGER, organization=company)
    need = make_need(here.community)
    services.analyse(need, category=make_category(), route="forward", actor=None)
    services.dispatch(need, unit=company, actor=None)
    before = queries.may_see_contact(need, manager)
    Contact.objects.filter(need=need).update(may_pass_on=True)
    assert (before, queries.may_see_contact(need, manager)) == (False, True)
    assert queries.visible_to(manager).get() == need
