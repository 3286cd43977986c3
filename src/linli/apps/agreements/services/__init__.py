"""Verbs of agreements."""

from linli.apps.agreements.services.drawing import change, draw_up
from linli.apps.agreements.services.review import give_opinion, send_to_review
from linli.apps.agreements.services.shape import AgreementText, Indicator, Party
from linli.apps.agreements.services.signing import archive, call_off, end, sign
from linli.apps.agreements.services.templates import add_template
from linli.apps.ledger.services import Part

__all__ = [
    "AgreementText",
    "Indicator",
    "Part",
    "Party",
    "add_template",
    "archive",
    "call_off",
    "change",
    "draw_up",
    "end",
    "give_opinion",
    "send_to_review",
    "sign",
]
