"""What the house keeps about people because of their rights: proofs, requests, consents, registers."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people.contributions.turning import Pointer, merging, unmerging
from linli.apps.people.models import (
    Consent,
    DataExport,
    DataIncident,
    DataRequest,
    Disclosure,
    IdentityProof,
    ImpactAssessment,
)
from linli.apps.people.services.exports import forget_files
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.privacy import nothing_rests, stays


def _of(model: Any, person: Person) -> QuerySet[Any]:
    """Rows about this account or this person of the roster; never everybody's where both are unknown."""
    wanted = Q(pk__in=[])
    if person.user_id is not None:
        wanted |= Q(user=person.user_id)
    if person.person_id is not None:
        wanted |= Q(person=person.person_id)
    found: QuerySet[Any] = model.objects.filter(wanted)
    return found


def find_proofs(person: Person) -> int:
    """How many proofs of identity there are."""
    return _of(IdentityProof, person).count()


def export_proofs(person: Person) -> list[dict[str, Any]]:
    """Way, day and state of each proof."""
    return [
        {"核实方式": str(row.get_how_display()), "日期": row.given_on.isoformat(), "是否撤回": bool(row.withdrawn_at)}
        for row in _of(IdentityProof, person)
    ]


def erase_proofs(person: Person) -> str:
    """All of them go; nobody needs to be known who is no longer here."""
    _of(IdentityProof, person).delete()
    return ""


def find_requests(person: Person) -> int:
    """How many requests this person made."""
    return _of(DataRequest, person).count()


def export_requests(person: Person) -> list[dict[str, Any]]:
    """What was asked, when, and the answer."""
    return [
        {
            "申请": str(row.get_kind_display()),
            "时间": row.asked_at.isoformat(),
            "说明": row.text,
            "状态": str(row.get_state_display()),
            "答复": row.answer,
        }
        for row in _of(DataRequest, person)
    ]


def erase_requests(person: Person) -> str | Promise:
    """The prepared copies go; that it was asked and answered stays, as the proof of the answer."""
    rows = _of(DataRequest, person)
    forget_files(DataExport.objects.filter(request__in=rows))
    if rows.exists():
        return _("That you asked and what was answered stays three years, as the proof of it.")
    return ""


def find_consents(person: Person) -> int:
    """How many consents and passings-on there are."""
    return _of(Consent, person).count() + _of(Disclosure, person).count()


def export_consents(person: Person) -> list[dict[str, Any]]:
    """To what was agreed, and what was passed on to whom."""
    return [
        *(
            {
                "同意事项": str(row.text),
                "同意时间": row.given_at.isoformat(),
                "方式": str(row.get_how_display()),
                "撤回时间": row.withdrawn_at.isoformat() if row.withdrawn_at else "",
            }
            for row in _of(Consent, person).select_related("text")
        ),
        *(
            {"提供给": row.to_whom, "内容": row.what, "用途": row.why, "时间": row.passed_at.isoformat()}
            for row in _of(Disclosure, person)
        ),
    ]


def erase_consents(person: Person) -> str | Promise:
    """Every consent is withdrawn; that it was given, and what was passed on, stays as the proof."""
    if not find_consents(person):
        return ""
    _of(Consent, person).filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    return _("Your consents are withdrawn. That you gave them, and what was passed on, stays as the proof.")


def find_entries(person: Person) -> int:
    """How many rows of the registers this account entered."""
    if person.user_id is None:
        return 0
    return (
        ImpactAssessment.objects.filter(made_by=person.user_id).count()
        + DataIncident.objects.filter(made_by=person.user_id).count()
    )


def export_entries(person: Person) -> list[dict[str, Any]]:
    """Titles and days."""
    if person.user_id is None:
        return []
    return [
        *(
            {"影响评估": row.title, "日期": row.made_on.isoformat()}
            for row in ImpactAssessment.objects.filter(made_by=person.user_id)
        ),
        *(
            {"安全事件": row.title, "发现时间": row.found_at.isoformat()}
            for row in DataIncident.objects.filter(made_by=person.user_id)
        ),
    ]


def erase_entries(person: Person) -> str | Promise:
    """Nothing: the law has them kept three years, by whoever entered them."""
    if find_entries(person):
        return _("Impact assessments and reports of incidents are kept at least three years (PIPL Art. 56).")
    return ""


def _said_once(rows: QuerySet[Any], kept: UUID) -> QuerySet[Any]:
    own = Consent.objects.filter(person=kept, withdrawn_at__isnull=True).values("text")
    return rows.exclude(withdrawn_at__isnull=True, text__in=own)


CONSENT_POINTERS = (Pointer(Consent, "person", _said_once), Pointer(Disclosure))

PARTS = (
    PersonalData(
        name="people.identity",
        title=_("How your identity was proved"),
        models=(IdentityProof,),
        merge=merging(Pointer(IdentityProof)),
        unmerge=unmerging(Pointer(IdentityProof)),
        find=find_proofs,
        export=export_proofs,
        erase=erase_proofs,
        freeze=stays(_("Proofs are only used to let nobody but you at your data.")),
        unfreeze=nothing_rests,
        purpose=_("So that nobody but you gets your data or has them deleted"),
        basis=Basis.DUTY,
        retention="people.identity",
    ),
    PersonalData(
        name="people.requests",
        title=_("What you asked about your data"),
        models=(DataRequest, DataExport),
        merge=merging(Pointer(DataRequest)),
        unmerge=unmerging(Pointer(DataRequest)),
        find=find_requests,
        export=export_requests,
        erase=erase_requests,
        freeze=stays(_("Requests are kept as the proof of the answer and used for nothing else.")),
        unfreeze=nothing_rests,
        purpose=_("So that what you asked is answered in time"),
        basis=Basis.DUTY,
        retention="people.requests",
    ),
    PersonalData(
        name="people.consents",
        title=_("What you agreed to, and to whom data were passed on"),
        models=(Consent, Disclosure),
        merge=merging(*CONSENT_POINTERS),
        unmerge=unmerging(*CONSENT_POINTERS),
        find=find_consents,
        export=export_consents,
        erase=erase_consents,
        freeze=stays(_("Consents are kept as the proof of what you said, and used for nothing else.")),
        unfreeze=nothing_rests,
        purpose=_("So that data are used only as you agreed"),
        basis=Basis.DUTY,
        retention="people.consents",
    ),
    PersonalData(
        name="people.protection",
        title=_("Registers of data protection you entered"),
        models=(ImpactAssessment, DataIncident),
        find=find_entries,
        export=export_entries,
        erase=erase_entries,
        freeze=stays(_("Impact assessments and reports of incidents are kept at least three years (PIPL Art. 56).")),
        unfreeze=nothing_rests,
        purpose=_("So that risks are thought of before, and incidents are answered for"),
        basis=Basis.DUTY,
        retention="people.protection",
    ),
)
