"""The shape of what is entered about people."""

from linli.apps.people.forms.cards import HELP, CardForm, MoveForm, NewCardForm
from linli.apps.people.forms.identity import CallForm, JoinForm, MatchForm, SeenForm, SlipForm, WhyForm
from linli.apps.people.forms.rights import AnswerForm, AskForForm, AskForm, OwnDataForm

__all__ = [
    "HELP",
    "AnswerForm",
    "AskForForm",
    "AskForm",
    "CallForm",
    "CardForm",
    "JoinForm",
    "MatchForm",
    "MoveForm",
    "NewCardForm",
    "OwnDataForm",
    "SeenForm",
    "SlipForm",
    "WhyForm",
]
