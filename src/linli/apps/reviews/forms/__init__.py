"""The shape of what is entered about reviews."""

from linli.apps.reviews.forms.deciding import BallotForm, OrderForm, VerdictForm
from linli.apps.reviews.forms.judging import DecideForm, DeclareForm, ExpertForm, FeeForm, SheetForm, TieForm
from linli.apps.reviews.forms.preparing import (
    AssignForm,
    JudgeForm,
    NameForm,
    NoForm,
    PassphraseForm,
    PerhapsReasonForm,
    ReasonForm,
    RubricForm,
    ScanForm,
    SeedForm,
    SessionForm,
    StaffForm,
    TakeInForm,
    TakeOutForm,
)

__all__ = [
    "AssignForm",
    "BallotForm",
    "DecideForm",
    "DeclareForm",
    "ExpertForm",
    "FeeForm",
    "JudgeForm",
    "NameForm",
    "NoForm",
    "OrderForm",
    "PassphraseForm",
    "PerhapsReasonForm",
    "ReasonForm",
    "RubricForm",
    "ScanForm",
    "SeedForm",
    "SessionForm",
    "SheetForm",
    "StaffForm",
    "TakeInForm",
    "TakeOutForm",
    "TieForm",
    "VerdictForm",
]
