"""Every part of the house that keeps something about people: found, told, rested, deleted; never somebody else's."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.utils import timezone

from linli.apps.people import services
from linli.apps.people.models import ConsentPurpose, DocumentKind, Person, RequestKind, User
from linli.apps.people.queries import subject_of
from linli.apps.people.services.consents import Asked
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import PASSWORD, make_user
from linli.apps.places.tests.factories import make_district
from linli.kernel import files, privacy
from linli.kernel.contributions import Person as Subject
from linli.kernel.contributions import PersonalData, contributions
from linli.kernel.notices import notify
from linli.kernel.refs import ref_of
from linli.kernel.scope import Role
from linli.kernel.ui import feedback

pytestmark = pytest.mark.django_db
PHONES = {"柳依依": "13812340001", "外来客": "13912340009"}


def built(here: Any, worker: User, keeper: User, name: str) -> User:
    """A resident about whom many parts keep something."""
    phone = PHONES[name]
    user = services.join(community=here.community, name=name, phone=phone, password=PASSWORD)
    services.prove_by_call(user, actor=worker)
    services.prove_in_person(user, document=DocumentKind.RESIDENT, actor=worker)
    person = services.enter_person(community=here.community, text=PersonText(name=name, phone=phone), actor=worker)
    services.match_to_roster(User.objects.get(pk=user.pk), person, actor=worker)
    user = User.objects.get(pk=user.pk)
    services.ask(user, kind=RequestKind.EXPORT, actor=user)
    notify([user.pk], kind="people.data_request.finish", text=f"给{name}的话", actor=None)
    feedback.write(kind="comment", text=f"{name}的意见", contact=phone)
    sheet = ContentFile(b"a,b\n1,2\n", f"{name}.csv")
    files.keep(sheet, accept=files.SHEETS, owner=ref_of(user), actor=user)
    services.pass_on(user=user, to_whom=f"为{name}服务的单位", what="姓名", why="送餐", law="法律", actor=worker)
    return user


@pytest.fixture
def two() -> tuple[User, User]:
    here = make_district()
    worker = make_user(Role.COMMUNITY_WORKER, here.community, name="工作员")
    keeper = make_user(Role.SECURITY_ADMINISTRATOR, here.district)
    asked = Asked(text="同意吗", kinds="姓名", retention="一年", on_withdrawal="停止")
    services.write_text(purpose=ConsentPurpose.CONTACT, asked=asked, valid_from=timezone.localdate(), actor=keeper)
    first, second = (built(here, worker, keeper, name) for name in PHONES)
    return first, second


FULL = {
    "people.account", "people.roster", "people.identity", "people.requests", "people.consents", "notices", "files",
    "ui.feedback",
}  # fmt: skip


def test_every_part_says_what_for_on_which_ground_how_long_and_can_do_all() -> None:
    lacking = [
        part.name
        for part in contributions(PersonalData)
        if not (part.purpose and privacy.retention_of(part.retention) and part.freeze and part.unfreeze)
    ]
    assert lacking == []


def test_every_part_finds_and_tells_only_the_persons_own(two: tuple[User, User]) -> None:
    mine, other = two
    subject = subject_of(mine)
    found = {part.name for part in contributions(PersonalData) if part.find(subject)}
    told = json.dumps([part.export(subject) for part in contributions(PersonalData)], ensure_ascii=False, default=str)
    assert found >= FULL
    assert [word in told for word in ("柳依依", "13812340001")] == [True, True]
    assert [word for word in (other.name, "13912340009", other.username, str(other.pk)) if word in told] == []


def test_nothing_is_found_of_nobody(two: tuple[User, User]) -> None:
    nobody = Subject()
    assert [(part.name, part.find(nobody), part.export(nobody)) for part in contributions(PersonalData)] == [
        (part.name, 0, []) for part in contributions(PersonalData)
    ]


def test_every_part_rests_and_is_used_again(two: tuple[User, User]) -> None:
    mine, other = two
    subject = subject_of(mine)
    for part in contributions(PersonalData):
        assert part.freeze is not None
        part.freeze(subject, "本人要求")
    resting = privacy.parts_at_rest([mine.pk, mine.person_id])
    letters = {row.text: feedback.contact_of(row) for row in feedback.Feedback.objects.all()}
    untouched = privacy.parts_at_rest([other.pk, other.person_id])
    for part in contributions(PersonalData):
        assert part.unfreeze is not None
        part.unfreeze(subject)
    assert (resting, untouched, letters, privacy.parts_at_rest([mine.pk, mine.person_id])) == (
        {"people.account", "people.roster", "notices", "api.tokens", "ui.feedback"},
        set(),
        {"柳依依的意见": "", "外来客的意见": "13912340009"},
        set(),
    )


def test_every_part_deletes_or_says_why_not_and_leaves_others_alone(two: tuple[User, User]) -> None:
    mine, other = two
    subject, theirs = subject_of(mine), subject_of(other)
    before = [part.export(theirs) for part in contributions(PersonalData)]
    kept = {part.name for part in contributions(PersonalData) if part.erase(subject)}
    after = [part.export(theirs) for part in contributions(PersonalData)]
    told = json.dumps([part.export(subject) for part in contributions(PersonalData)], ensure_ascii=False, default=str)
    assert [word for word in ("柳依依", "13812340001") if word in told and "柳依依服务" not in told] == []
    assert (after == before, kept >= {"people.requests", "people.consents"}) == (True, True)
    assert Person.objects.get(pk=mine.person_id).name == "已删除"


def test_no_list_of_party_members_exists_and_nothing_is_exchanged() -> None:
    """Counts and posts only (clause 2.14): no column of a person, account or any related row says who is a member."""
    words = ("party_member", "is_member", "member_since", "joined_party", "party_branch")
    about_people = [model for model in apps.get_models() if {"people.person", "people.user"} & _points_at(model)]
    columns = [f"{model._meta.label}.{field.name}" for model in about_people for field in model._meta.get_fields()]
    assert [name for name in columns if any(word in name.lower() for word in words)] == []
    tables = [model for model in apps.get_models() if "party" in model.__name__.lower()]
    assert [model._meta.label for model in tables if {"people.person", "people.user"} & _points_at(model)] == []


def _points_at(model: Any) -> set[str]:
    related = {
        field.related_model for field in model._meta.get_fields() if field.is_relation and not field.auto_created
    }
    return {one._meta.label_lower for one in related if one} | {model._meta.label_lower}
