"""What surveys keep about a person: which papers somebody typed, without what stood on them. No answer has a name."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.models import TypedPaper
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import Retention, nothing_rests, retain, stays

STAYS = _("Who typed papers is kept with the survey, so that two people stand behind each.")


def _typed(person: Person) -> QuerySet[TypedPaper]:
    rows = TypedPaper.objects.select_related("survey")
    return rows.none() if person.user_id is None else rows.filter(typist=person.user_id)


def find(person: Person) -> int:
    """How many papers this account typed. One query."""
    return _typed(person).count()


def export(person: Person) -> list[dict[str, Any]]:
    """Of which surveys papers were typed; what stood on them is nobody's to tell."""
    return [{"录入问卷": row.survey.title} for row in _typed(person)]


def erase(person: Person) -> str | Promise:
    """The name stands with the survey."""
    return STAYS if find(person) else ""


def contribute() -> None:
    """Answer for typed papers."""
    add(
        PersonalData(
            name="surveys.papers",
            title=_("Papers of surveys that were typed"),
            models=(TypedPaper,),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that two people type each paper"),
            basis=Basis.DUTY,
            retention="surveys.survey",
        )
    )
    retain(
        Retention(
            "surveys.survey", None, "随项目档案保存；答卷与住户、验证码互不关联，年限由街道确认", "K",
            title=_("Surveys"), since=_("as long as the project is kept"),
        )
    )  # fmt: skip
