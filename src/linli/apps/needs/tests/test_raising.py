"""A wall raised late around what came in as an ordinary need: gone for the office, followed above it, on record."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.support.remembering import remembered

from linli.apps.needs import queries, services
from linli.apps.needs.models import Likely, Need, Route, Sketch
from linli.apps.needs.services.ticketing import Taking
from linli.apps.needs.tests.factories import NOW, make_category, make_need
from linli.apps.needs.tests.staff import HOUR
from linli.apps.needs.tests.test_wall import Office, make_office
from linli.apps.people.models import Post
from linli.apps.people.tests.factories import make_user
from linli.kernel.audit import timeline
from linli.kernel.audit.models import AuditRow
from linli.kernel.audit.reading import visible_to as audited
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.notices.models import Notice
from linli.kernel.refs import Ref, ref_of, resolve
from linli.kernel.scope import Role
from linli.kernel.search import find

pytestmark = pytest.mark.django_db
WORDS = "槐荫社区书记在窗口骂人，不给办居住证明"


@remembered
def a_ticket(office: Office) -> Need:
    """A ticket about the secretary as the hotline sends it: an ordinary one, dispatched to his community."""
    taking = Taking(street=office.here.street, file=None, find=lambda _: office.here.community, actor=None, at=NOW)
    row = {"number": "HA20260401001", "content": WORDS, "point": "社区窗口", "dispatched": NOW}
    need = taking.take(row)[1].need
    services.analyse(need, category=make_category("0803"), route=Route.FORWARD, actor=office.officer, at=NOW + HOUR)
    services.dispatch(need, unit=office.here.community, user=office.worker, actor=office.officer, at=NOW + HOUR)
    return Need.objects.get(pk=need.pk)


def about(office: Office) -> Ref:
    return ref_of(Post.objects.get(user=office.secretary))


def raise_it(office: Office, need: Need) -> None:
    services.raise_wall(need, about=about(office), reason="投诉对象是书记本人", actor=office.officer, at=NOW + 2 * HOUR)


def test_a_ticket_about_an_official_goes_from_his_whole_office_to_the_level_above() -> None:
    office = make_office()
    need = a_ticket(office)
    everybody = ("secretary", "worker", "auditor", "deputy", "grid_worker", "officer", "leader")

    def seen() -> list[str]:
        return [n for n in everybody if queries.visible_to(getattr(office, n)).filter(pk=need.pk).exists()]

    before = seen()
    raise_it(office, need)
    for name in everybody:  # each asks anew, as a new request does
        getattr(office, name).__dict__.pop("_standing_before_needs", None)
    assert (before, seen()) == ([n for n in everybody if n != "grid_worker"], ["officer", "leader"])
    parts = [(part.duty, part.place, part.user) for part in need.assignments.filter(until__isnull=True)]
    assert sorted(parts) == [("handler", office.here.street, None), ("owner", office.here.street, None)]


def test_it_is_found_likened_resolved_and_read_in_the_record_by_none_of_them() -> None:
    office = make_office()
    need = a_ticket(office)
    kept = (bool(find("居住证明", actor=office.worker)), Sketch.objects.filter(need=need).exists())
    raise_it(office, need)

    assert kept == (True, True)
    assert find("居住证明", actor=office.worker) == find("居住证明", actor=office.leader) == []
    assert Sketch.objects.filter(need=need).exists() is Likely.objects.filter(need=need).exists() is False
    assert set(resolve([ref_of(need)], actor=office.secretary)) == set()
    rows = AuditRow.objects.filter(ref_id=need.pk)
    assert audited(rows, office.auditor).exists() is False
    verb = next(one for one in timeline(ref_of(need)) if one.row.action == "needs.need.raise_wall")
    assert (verb.row.actor_id, "投诉对象是书记本人" in dict(verb.facts).values()) == (office.officer.pk, True)


def test_every_door_of_it_shuts_and_the_level_above_is_told() -> None:
    office = make_office()
    need, head = a_ticket(office), make_user(Role.SECTION_HEAD, office.here.street)
    told = Notice.objects.filter(ref_id=need.pk)
    before = list(told.values_list("pk", flat=True))
    raise_it(office, need)
    doors = [reverse("needs:need", args=[need.pk]), reverse("needs:do", args=[need.pk, "contact"])]
    doors.append(reverse("ui:photos", args=["needs.need", need.pk]))
    lists = [reverse("needs:tickets"), reverse("needs:needs") + "?tab=all"]
    found = {}
    for name in ("secretary", "worker", "auditor", "deputy", "leader"):
        client = Client()
        client.force_login(getattr(office, name))
        statuses = {client.get(address).status_code for address in doors}
        found[name] = (statuses, any(WORDS[:12] in client.get(address).content.decode() for address in lists))
    shut = ({404}, False)
    assert found == {"secretary": shut, "worker": shut, "auditor": shut, "deputy": shut, "leader": ({200}, True)}
    assert list(told.exclude(pk__in=before).values_list("recipient", flat=True)) == [head.pk]


def test_who_works_there_lets_go_of_it_on_the_page() -> None:
    office = make_office()
    need = a_ticket(office)
    client = Client()
    client.force_login(office.worker)
    door = reverse("needs:do", args=[need.pk, "wall"])
    shown = client.get(door).content.decode()
    ref = about(office)
    sent = client.post(door, {"about": f"{ref.kind}:{ref.id}", "reason": "说的是书记"})
    need.refresh_from_db()
    assert (f"{ref.kind}:{ref.id}" in shown, sent["Location"]) == (True, reverse("needs:needs"))
    assert (need.walled_place, need.walled_user) == (office.here.community, office.secretary.pk)
    assert client.get(reverse("needs:need", args=[need.pk])).status_code == 404


def test_it_refuses_without_a_reason_twice_joined_and_to_strangers() -> None:
    office = make_office()
    need, other = a_ticket(office), make_need(office.here.community)
    stranger = make_user(Role.RESIDENT, office.here.community)
    codes = []
    with pytest.raises(Refusal) as empty:
        services.raise_wall(need, about=about(office), reason=" ", actor=office.officer)
    with pytest.raises(NotAllowed):
        services.raise_wall(need, about=about(office), reason="投诉", actor=stranger)
    services.join(other, into=need, actor=office.officer)
    for row in (other, need):
        with pytest.raises(Conflict) as joined:
            services.raise_wall(row, about=about(office), reason="投诉", actor=office.officer)
        codes.append(joined.value.code)
    services.take_apart(other, reason="不是一件事", actor=office.officer)
    raise_it(office, need)
    with pytest.raises(Conflict) as twice:
        raise_it(office, need)
    assert (empty.value.field, codes, twice.value.code) == ("reason", ["joined", "joined"], "walled")


def test_an_export_that_comes_again_updates_it_behind_the_wall() -> None:
    office = make_office()
    need = a_ticket(office)
    raise_it(office, need)
    at = NOW + 5 * HOUR
    taking = Taking(street=office.here.street, file=None, find=lambda _: None, actor=None, at=at)
    row = {"number": "HA20260401001", "content": WORDS + "。今天又来电", "point": "社区窗口", "dispatched": NOW}
    became, _ticket = taking.take(row)
    need.refresh_from_db()
    assert (became.value, need.matter.endswith("又来电"), need.is_walled) == ("changed", True, True)
    assert Sketch.objects.filter(need=need).exists() is False
    assert queries.visible_to(office.secretary).filter(pk=need.pk).exists() is False
