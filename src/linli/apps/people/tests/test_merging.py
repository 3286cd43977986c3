"""One person twice on the roster: joined with lineage, taken apart exactly, refused with a sentence."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from linli.apps.people.models import Consent, ConsentText, Merge, Person, RollKind, User
from linli.apps.people.services import (
    correct_person,
    draw_up,
    enter_person,
    kept_of,
    merge_persons,
    name_guardian,
    put_on_roll,
    undo_merge,
)
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import TEXT, make_user
from linli.apps.places.tests.factories import District, make_district
from linli.kernel.audit.models import AuditRow
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.errors import Conflict, NotAllowed, Refusal
from linli.kernel.scope import Role

pytestmark = pytest.mark.django_db
WHY = "同一人登记了两次"


@pytest.fixture
def here() -> District:
    return make_district()


@pytest.fixture
def worker(here: District) -> User:
    return make_user(Role.COMMUNITY_WORKER, here.community)


def enter(here: District, **columns: Any) -> Person:
    return enter_person(community=here.community, text=PersonText(**columns), actor=None)


@pytest.fixture
def kept(here: District) -> Person:
    return enter(here, name="王喆", phone="13812345678")


@pytest.fixture
def gone(here: District) -> Person:
    return enter(here, name="王哲", phone="13900001111", landline="01062880011", id_number="H12345678")


def rows() -> list[dict[str, Any]]:
    """Every person as stored, without what any change moves on."""
    left_out = {"version", "changed_at", "phone", "landline", "id_number"}
    return [
        {name: value for name, value in row.items() if name not in left_out}
        for row in Person.objects.order_by("id").values()
    ]


def merge(kept: Person, gone: Person, actor: User | None) -> Merge:
    return merge_persons(kept=kept, gone=gone, reason=WHY, actor=actor)


def test_it_keeps_one_row_and_fills_what_was_empty(kept: Person, gone: Person, worker: User) -> None:
    done = merge(kept, gone, worker)
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert (str(kept.phone), str(kept.landline), kept.other_names) == ("138****5678", "010******11", "王哲")
    assert (kept.id_number.is_same_as("H12345678"), kept.id_kind) == (True, "hong_kong_macao")
    assert (gone.merged_into, kept_of(gone), done.done_by, done.reason) == (kept, kept, worker, WHY)
    assert list(Person.objects.living()) == [kept]


def test_its_lineage_is_sealed_and_on_record(kept: Person, gone: Person, worker: User) -> None:
    merge(kept, gone, worker)
    assert [
        secret for secret in ("H12345678", "01062880011", "王哲") if secret in str(list(Merge.objects.values()))
    ] == []
    assert AuditRow.objects.filter(action="people.person.merge", ref_id=kept.pk, actor_id=worker.pk).count() == 1


def test_undoing_restores_exactly_what_was(kept: Person, gone: Person, here: District, worker: User) -> None:
    child = enter(here, name="王小明", born_on=date(2020, 5, 1))
    guardianship = name_guardian(
        ward=child, guardian=gone, relation="parent", consent_on=date(2026, 1, 5), actor=worker
    )
    entry = put_on_roll(
        person=gone, kind=RollKind.REPRESENTATIVE, community=here.community, started_on=date(2026, 1, 1), actor=worker
    )
    user = make_user(name="王哲")
    user.person = gone
    user.save()
    before = rows()
    done = merge(kept, gone, worker)
    for row in (guardianship, entry, user):
        row.refresh_from_db()
    assert (guardianship.guardian, entry.person, user.person) == (kept, kept, kept)
    undo_merge(done, reason="原来是父子", actor=worker)
    for row in (guardianship, entry, user):
        row.refresh_from_db()
    assert (guardianship.guardian, entry.person, user.person) == (gone, gone, gone)
    assert rows() == before
    assert (str(Person.objects.get(pk=kept.pk).landline), str(Person.objects.get(pk=gone.pk).landline)) == (
        "", "010******11",
    )  # fmt: skip


def test_undoing_keeps_what_was_corrected_since(kept: Person, gone: Person, worker: User) -> None:
    done = merge(kept, gone, worker)
    kept.refresh_from_db()
    correct_person(kept, {"landline": "01062880099"}, actor=worker)
    undo_merge(done, reason="原来是父子", actor=worker)
    kept.refresh_from_db()
    assert (kept.landline.is_same_as("01062880099"), kept.id_print, kept.id_kind) == (True, None, "")


def test_what_the_kept_row_gained_itself_stays_when_undone(
    kept: Person, gone: Person, here: District, worker: User
) -> None:
    own = put_on_roll(
        person=kept, kind=RollKind.REPRESENTATIVE, community=here.community, started_on=date(2026, 1, 1), actor=worker
    )
    theirs = put_on_roll(
        person=gone, kind=RollKind.REPRESENTATIVE, community=here.community, started_on=date(2026, 2, 1), actor=worker
    )
    done = merge(kept, gone, worker)
    undo_merge(done, reason="原来是父子", actor=worker)
    own.refresh_from_db()
    theirs.refresh_from_db()
    assert (own.person, theirs.person) == (kept, gone)


def test_two_people_with_open_tasks_are_not_merged(kept: Person, gone: Person, here: District, worker: User) -> None:
    colleague = make_user(Role.COMMUNITY_WORKER, here.community, name="王哲")
    draw_up(community=here.community, text=TEXT, actor=colleague)
    colleague.person = gone
    colleague.save()
    before = rows()
    with pytest.raises(Refusal) as refused:
        merge(kept, gone, worker)
    assert (refused.value.code, TEXT.title in str(refused.value)) == ("open-tasks", True)
    assert (rows(), Merge.objects.count(), User.objects.get(pk=colleague.pk).person) == (before, 0, gone)


def test_two_document_numbers_are_two_people(here: District, kept: Person, gone: Person, worker: User) -> None:
    other = enter(here, name="王哲", id_number="H87654321")
    with pytest.raises(Refusal) as refused:
        merge(other, gone, worker)
    assert (refused.value.code, Merge.objects.count()) == ("two-documents", 0)


def test_two_accounts_are_not_joined(kept: Person, gone: Person, worker: User) -> None:
    for person in (kept, gone):
        user = make_user()
        user.person = person
        user.save()
    with pytest.raises(Refusal) as refused:
        merge(kept, gone, worker)
    assert refused.value.code == "two-accounts"


def test_nobody_is_merged_twice_or_with_himself(kept: Person, gone: Person, here: District, worker: User) -> None:
    merge(kept, gone, worker)
    third = enter(here, name="王喆")
    with pytest.raises(Conflict):
        merge(third, gone, worker)
    with pytest.raises(Refusal):
        merge(third, third, worker)
    assert Merge.objects.count() == 1


def test_a_row_that_was_changed_meanwhile_is_not_merged(kept: Person, gone: Person, worker: User) -> None:
    seen = (kept.version, gone.version)
    correct_person(gone, {"name": "王晢"}, actor=worker)
    with pytest.raises(Conflict):
        merge_persons(kept=kept, gone=gone, reason=WHY, actor=worker, versions=seen)
    assert Person.objects.filter(merged_into__isnull=False).count() == 0


def test_it_is_undone_once_and_the_last_first(kept: Person, gone: Person, here: District, worker: User) -> None:
    first = merge(kept, gone, worker)
    third = enter(here, name="王喆")
    kept.refresh_from_db()
    second = merge(third, kept, worker)
    with pytest.raises(Refusal):
        undo_merge(first, reason="弄错了", actor=worker)
    undo_merge(second, reason="弄错了", actor=worker)
    first.refresh_from_db()
    undo_merge(first, reason="弄错了", actor=worker)
    with pytest.raises(Conflict):
        undo_merge(first, reason="弄错了", actor=worker)
    assert Person.objects.living().count() == 3


def test_only_who_keeps_both_rosters_merges(kept: Person, gone: Person, here: District) -> None:
    stranger = make_user(Role.COMMUNITY_WORKER, here.other_community)
    with pytest.raises(NotAllowed):
        merge(kept, gone, stranger)


def test_whatever_points_at_a_person_turns_with_it() -> None:
    joined = {model for item in contributions(PersonalData) if item.merge for model in item.models}
    pointing = {
        field.related_model
        for field in Person._meta.get_fields(include_hidden=True)
        if field.auto_created and field.is_relation
    }
    assert {model.__name__ for model in pointing - joined - {Person, User} if model} == set()


def test_consents_turn_unless_the_same_was_said_already(
    kept: Person, gone: Person, here: District, worker: User
) -> None:
    texts = [
        ConsentText.objects.create(
            purpose="contact", version=number, text="问", kinds="电话", retention="一年", on_withdrawal="停用",
            valid_from=date(2026, 1, number),
        )
        for number in (1, 2)
    ]  # fmt: skip
    said: dict[str, Any] = {"given_at": timezone.now(), "how": "paper", "witness": worker}
    Consent.objects.create(text=texts[0], person=kept, **said)
    double = Consent.objects.create(text=texts[0], person=gone, **said)
    new = Consent.objects.create(text=texts[1], person=gone, **said)
    done = merge(kept, gone, worker)
    double.refresh_from_db()
    new.refresh_from_db()
    assert (double.person, new.person) == (gone, kept)
    undo_merge(done, reason="原来是父子", actor=worker)
    new.refresh_from_db()
    assert new.person == gone
