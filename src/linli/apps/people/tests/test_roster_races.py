"""Two processes at one person: an import and an edit, a merge and an edit, two heads of one stairwell."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from linli.apps.people.models import Merge, Person, RollEntry, User
from linli.apps.people.services import enter_person
from linli.apps.people.services.persons import PersonText
from linli.apps.people.tests.factories import make_user
from linli.apps.places.models import Stairwell
from linli.apps.places.services import add_building
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.kernel import tables
from linli.kernel.scope import Role
from linli.kernel.tables import ImportState
from linli.kernel.tables.staging import read
from linli.kernel.tables.tests.samples import text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]

EDIT = """
import sys
from linli.apps.people.models import Person
from linli.apps.people.services import correct_person
from linli.kernel.errors import Conflict
verb, pk, other, version = sys.argv[1:5]
try:
    if verb == "edit":
        correct_person(Person.objects.get(pk=pk), {"phone": "13700002222"}, version=int(version), actor=None)
        print("edited")
    elif verb == "merge":
        from linli.apps.people.services import merge_persons
        kept, gone = Person.objects.get(pk=other), Person.objects.get(pk=pk)
        merge_persons(kept=kept, gone=gone, reason="同一人", versions=(kept.version, int(version)), actor=None)
        print("merged")
    else:
        from linli.kernel.tables import commit
        print("taken" if commit(other) else "sent back")
except Conflict:
    print("conflict")
"""

SEAT = """
import sys
from datetime import date
from linli.apps.people.models import Person
from linli.apps.people.services import put_on_roll
from linli.apps.places.models import Stairwell
from linli.kernel.errors import Refusal
person, seat = Person.objects.get(pk=sys.argv[1]), Stairwell.objects.get(pk=sys.argv[2])
try:
    put_on_roll(person=person, kind="stairwell_head", community=person.community, stairwell=seat,
                started_on=date(2026, 1, 5), actor=None)
    print("seated")
except Refusal:
    print("refused")
"""


@pytest.fixture
def here() -> District:
    return make_district()


def enter(here: District, name: str, **columns: Any) -> Person:
    return enter_person(community=here.community, text=PersonText(name=name, **columns), actor=None)


def test_an_import_and_an_edit_never_overwrite_each_other(
    here: District, race: Callable[..., list[str]], settings: Any, tmp_path: Path
) -> None:
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    worker: User = make_user(Role.COMMUNITY_WORKER, here.community)
    person = enter(here, "张三", id_number="H12345678", phone="13812345678")
    body = text([["姓名", "证件号码", "手机", "社区"], ["张三", "H12345678", "13900001111", "槐荫社区"]])
    batch = tables.start(ContentFile(body, name="册.csv"), sheet="people.roster", actor=worker, name="册.csv")
    read(batch.pk)
    tables.confirm(batch, actor=worker)
    ask = (str(person.pk), str(batch.pk), str(person.version))
    answers = [answer.strip() for answer in race(EDIT, [("commit", *ask), ("edit", *ask)])]
    person.refresh_from_db()
    batch.refresh_from_db()
    if answers[0] == "taken":
        assert (answers[1], person.phone.is_same_as("13900001111")) == ("conflict", True)
    else:
        assert (answers, batch.state) == (["sent back", "edited"], ImportState.PREVIEW)
        assert person.phone.is_same_as("13700002222")
    assert person.version == 2


def test_a_merge_and_an_edit_never_overwrite_each_other(here: District, race: Callable[..., list[str]]) -> None:
    kept, gone = enter(here, "王喆"), enter(here, "王哲", phone="13900001111")
    ask = (str(gone.pk), str(kept.pk), str(gone.version))
    answers = [answer.strip() for answer in race(EDIT, [("merge", *ask), ("edit", *ask)])]
    kept.refresh_from_db()
    gone.refresh_from_db()
    assert sorted(answers) in (["conflict", "merged"], ["conflict", "edited"])
    if "merged" in answers:
        assert (gone.merged_into, kept.phone.is_same_as("13900001111")) == (kept, True)
    else:
        assert (gone.merged_into, gone.phone.is_same_as("13700002222"), Merge.objects.count()) == (None, True, 0)


def test_two_never_sit_in_one_seat(here: District, race: Callable[..., list[str]]) -> None:
    building = add_building(community=here.community, name="2号楼", stairwells=1, valid_from=FIRST_DAY, actor=None)
    seat = Stairwell.objects.get(building=building)
    runners = [(str(enter(here, name).pk), str(seat.pk)) for name in ("王甲", "李乙")]
    assert sorted(answer.strip() for answer in race(SEAT, runners)) == ["refused", "seated"]
    assert RollEntry.objects.count() == 1
