"""The shape of what is entered about people, persons and rolls."""

from linli.apps.people.forms.cards import HELP, CardForm, NewCardForm
from linli.apps.people.forms.identity import CallForm, JoinForm, MatchForm, SeenForm, SlipForm, WhyForm
from linli.apps.people.forms.office import (
    AbsenceForm,
    AccountForm,
    EndForm,
    HandoverForm,
    ItemForm,
    NewAccountForm,
    NewPostForm,
    OfficeForm,
    SkillForm,
    SubstituteForm,
    TermForm,
)
from linli.apps.people.forms.protection import AssessmentForm, ConsentTextForm, IncidentForm, ToldForm
from linli.apps.people.forms.rights import (
    AnswerForm,
    AskForForm,
    AskForm,
    OwnDataForm,
    PaperConsentForm,
    PassOnForm,
)
from linli.apps.people.forms.roster import DayForm, GuardianForm, MergeForm, PersonForm, ReasonForm, RollForm

__all__ = [
    "HELP",
    "AbsenceForm",
    "AccountForm",
    "AnswerForm",
    "AskForForm",
    "AskForm",
    "AssessmentForm",
    "CallForm",
    "CardForm",
    "ConsentTextForm",
    "DayForm",
    "EndForm",
    "GuardianForm",
    "HandoverForm",
    "IncidentForm",
    "ItemForm",
    "JoinForm",
    "MatchForm",
    "MergeForm",
    "NewAccountForm",
    "NewCardForm",
    "NewPostForm",
    "OfficeForm",
    "OwnDataForm",
    "PaperConsentForm",
    "PassOnForm",
    "PersonForm",
    "ReasonForm",
    "RollForm",
    "SeenForm",
    "SkillForm",
    "SlipForm",
    "SubstituteForm",
    "TermForm",
    "ToldForm",
    "WhyForm",
]
