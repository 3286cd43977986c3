"""What rounds keep about a person: ideas, proposals of one's own, support given, deeds of office."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import (
    AllocationPlan,
    CoachingVisit,
    Decision,
    Idea,
    OfficeView,
    Opening,
    Proposal,
    ProposerShare,
    Revision,
    Supporter,
)
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.contributions import contribute as add
from linli.kernel.privacy import Retention, nothing_rests, retain, stays

STAYS = _("What was proposed and decided stays on record with its round.")


def _rows(person: Person) -> tuple[QuerySet[Any], ...]:
    user = person.user_id
    return (
        Idea.objects.filter(Q(user=user) | Q(entered_by=user)),
        ProposerShare.objects.filter(resident_user=user).select_related("proposal"),
        Proposal.objects.filter(keeper=user),
        Supporter.objects.filter(user=user).select_related("proposal"),
        CoachingVisit.objects.filter(coach=user),
        OfficeView.objects.filter(given_by=user),
        Opening.objects.filter(Q(opened_by=user) | Q(witness=user)),
        Revision.objects.filter(author=user),
        AllocationPlan.objects.filter(made_by=user),
        Decision.objects.filter(made_by=user),
    )


def find(person: Person) -> int:
    """How many rows are about this account."""
    return 0 if person.user_id is None else sum(rows.count() for rows in _rows(person))


def _plain(sealed: Any) -> str:
    return sealed.for_machine(because="export to the person") if sealed else ""


def export(person: Person) -> list[dict[str, Any]]:
    """Ideas and proposals as plain data, and how often one acted in an office."""
    if person.user_id is None:
        return []
    ideas, shares, _kept, support, visits, views, openings, *deeds = _rows(person)
    return [
        *(
            {"金点子": idea.title, "内容": idea.text, "姓名": _plain(idea.name), "电话": _plain(idea.phone)}
            for idea in ideas.filter(user=person.user_id)
        ),
        *(
            {"申报": one.proposal.title, "姓名": _plain(one.resident_name), "电话": _plain(one.resident_phone)}
            for one in shares
        ),
        *({"支持的申报": one.proposal.title} for one in support),
        *({"辅导记录": visit.held_on.isoformat()} for visit in visits),
        *({"科室意见": view.office, "意见": str(view.get_view_display())} for view in views),
        *({"开启申报": one.where} for one in openings),
        *({"经办": str(one)} for rows in deeds[1:] for one in rows),
    ]


def erase(person: Person) -> str | Promise:
    """Names and telephones left with ideas and proposals are emptied, support is taken back; deeds of office stay."""
    user = person.user_id
    if user is None:
        return ""
    for idea in Idea.objects.filter(user=user):
        idea.name = idea.phone = ""
        idea.save(update_fields=["name", "phone"])
    for share in ProposerShare.objects.filter(resident_user=user):
        share.resident_name, share.resident_phone = "已删除", ""
        share.save(update_fields=["resident_name", "resident_phone"])
    Supporter.objects.filter(user=user).delete()
    return STAYS if find(person) else ""


def contribute() -> None:
    """Answer for the names, telephones and accounts."""
    add(
        PersonalData(
            name="rounds.proposal",
            title=_("Ideas and proposals"),
            models=(
                Idea, ProposerShare, Proposal, Supporter, CoachingVisit, OfficeView, Opening, Revision, AllocationPlan,
                Decision,
            ),
            find=find,
            export=export,
            erase=erase,
            freeze=stays(STAYS),
            unfreeze=nothing_rests,
            purpose=_("So that a project can be agreed with whoever proposed it"),
            basis=Basis.DUTY,
            retention="rounds.proposal",
        )
    )  # fmt: skip
    retain(
        Retention(
            "rounds.proposal", None, "会计档案管理办法;项目档案随轮次保存,年限由街道确认", "K",
            title=_("Ideas and proposals"), since=_("as long as the round is kept"),
        )
    )  # fmt: skip
