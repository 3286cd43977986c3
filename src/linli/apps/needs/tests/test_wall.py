"""One wall: a complaint about somebody is hidden from him, his substitutes and his whole office, whatever they are."""

from dataclasses import dataclass

import pytest
from tests.support.remembering import remembered

from linli.apps.needs import queries
from linli.apps.needs.models import Need, Sensitivity
from linli.apps.needs.tests.factories import make_category, make_need
from linli.apps.people.models import Post, Substitute, User
from linli.apps.people.tests.factories import make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import visible_to as audited
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
