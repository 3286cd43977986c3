"""The shape of what is entered about people."""

from linli.apps.people.forms.cards import CardForm, MoveForm, NewCardForm
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

__all__ = [
    "AbsenceForm",
    "AccountForm",
    "CardForm",
    "EndForm",
    "HandoverForm",
    "ItemForm",
    "MoveForm",
    "NewAccountForm",
    "NewCardForm",
    "NewPostForm",
    "OfficeForm",
    "SkillForm",
    "SubstituteForm",
    "TermForm",
]
