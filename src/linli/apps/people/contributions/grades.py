"""Which grade of identity each action of people asks for, and the figures of proving."""

from django.utils.translation import gettext_lazy as _

from linli.kernel.scope import GradedAction, IdentityGrade, declare_graded
from linli.kernel.settings import MUST_CHOOSE, Declared, Level, declare

NOBODY_ASKED = _("Nobody is asked who he is, so that nobody is kept from speaking.")
GRADED = (
    GradedAction("ui.feedback", _("Write a comment or a complaint"), None, NOBODY_ASKED),
    GradedAction("places.choose", _("Remember my community on this device"), None, _("Only the device knows.")),
    GradedAction("people.cards.read", _("Read whom to call in my community"), None, _("It is public.")),
    GradedAction(
        "people.my_data.see",
        _("See what is kept under my account, and put it right"),
        IdentityGrade.CLAIMED,
        _("It shows what this account itself has told; what the roster has comes after a match."),
    ),
    GradedAction(
        "people.consent.give",
        _("Agree to a use of my data, and withdraw it"),
        IdentityGrade.CLAIMED,
        _("Withdrawing must be as easy as agreeing (PIPL Art. 15)."),
    ),
    GradedAction(
        "people.my_data.export",
        _("Get a copy of all my data"),
        IdentityGrade.PROVED,
        _("A copy must not come into strange hands."),
    ),
    GradedAction(
        "people.my_data.erase",
        _("Have my data deleted, kept unused, or used again"),
        IdentityGrade.PROVED,
        _("What is deleted cannot be brought back."),
    ),
)
SETTINGS = (
    Declared(
        "people.call_proof_days", _("Days for which a call back proves a telephone number"), int, 365,
        source="号码会停机、过户；街道自定", grade="K", least=30, most=1_095, unit="天", deepest=Level.INSTALLATION,
    ),
    Declared(
        "people.slip_days", _("Days for which an identity slip can be used"), int, 14,
        source="街道自定", grade="K", least=1, most=60, unit="天", deepest=Level.INSTALLATION,
    ),
    Declared(
        "people.self_registration", _("Residents open an account of their own on the portal"), bool, True,
        source="街道自定", grade="K", deepest=Level.INSTALLATION,
    ),
    Declared(
        "people.answer_days", _("Days for an answer to a person's request about the own data"), int, 30,
        source="个人信息保护法第五十条（及时受理、处理，未定天数）；GB/T 35273-2020 8.7（三十天）", grade="K",
        least=1, most=30, unit="天", deepest=Level.INSTALLATION,
    ),
    Declared(
        "people.incident_hours", _("Hours in which the authority is told of an incident with personal data"), int,
        MUST_CHOOSE, source="个人信息保护法第五十七条（立即采取措施并通知，未定小时数）", grade="NF", least=1, most=240,
        unit="小时", deepest=Level.INSTALLATION,
    ),
    Declared(
        "people.export_days", _("Days for which a copy of one's data can be fetched"), int, 7,
        source="街道自定（最短保存，个人信息保护法第十九条）", grade="K", least=1, most=30, unit="天",
        deepest=Level.INSTALLATION,
    ),
)  # fmt: skip


def declare_all() -> None:
    """Called once, when the house starts."""
    for action in GRADED:
        declare_graded(action)
    for setting in SETTINGS:
        declare(setting)
