"""The names of what is done to needs, as their histories tell it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.kernel.audit import register_action

NUMBER, UNIT, REASON, PART, TITLE = _("number"), _("unit"), _("reason"), _("part"), _("title of the rule")
ANSWER, UNTIL = _("answer"), _("until")
ACTIONS: tuple[tuple[str, Any, dict[str, Any]], ...] = (
    ("need.receive", _("wrote the need down"), {"number": NUMBER, "channel": _("how it came in"), "unit": UNIT}),
    (
        "need.correct_category",
        _("corrected the category"),
        {"before": _("category before"), "after": _("category now")},
    ),
    ("need.ask_model", _("asked the language model of the house"), {"model": _("model")}),
    ("need.take_in", _("joined another need to this one"), {"number": NUMBER}),
    ("need.split", _("split the need"), {"number": NUMBER}),
    ("need.redispatch", _("dispatched the need elsewhere"), {"unit": UNIT, "by": _("how it came")}),
    ("need.accept", _("signed for the need"), {"unit": UNIT}),
    (
        "need.not_ours",
        _("said that the need is not theirs"),
        {"unit": UNIT, "whose": _("whose it is"), "reason": REASON},
    ),
    ("need.objection", _("objected to the dispatch"), {"unit": UNIT, "reason": REASON}),
    ("need.decide_objection", _("decided the objection"), {"upheld": _("upheld"), "reason": REASON}),
    ("need.hand_to", _("named another handler"), {"unit": UNIT}),
    ("need.pass_owner", _("asked another to follow the need"), {"unit": UNIT, "reason": REASON}),
    ("need.answer_offer", _("answered whether to follow the need"), {"unit": UNIT, "accepted": _("accepted")}),
    ("need.succeed", _("took the need over with the post"), {"unit": UNIT}),
    ("need.give_part", _("gave a unit its part"), {"unit": UNIT, "part": PART}),
    ("need.end_part", _("ended a unit's part"), {"unit": UNIT, "part": PART, "reason": REASON}),
    ("need.record_contact", _("tried to reach the resident"), {"way": _("how"), "reached": _("reached")}),
    ("need.extend", _("asked for more time"), {"until": UNTIL, "reason": REASON}),
    (
        "need.answer_extension",
        _("answered the request for more time"),
        {"approved": _("approved"), "until": UNTIL, "reason": REASON},
    ),
    ("need.first_result", _("told the first result"), {"answer": ANSWER}),
    ("need.partial", _("reported how far it is"), {"answer": ANSWER}),
    ("need.show", _("showed words of the need in public"), {"text": _("words")}),
    ("need.raise_wall", _("put the need behind the wall of whom it is about"), {"unit": UNIT, "reason": REASON}),
    ("need.hide", _("took the words of the need out of the public"), {"reason": REASON}),
    ("rule.write", _("wrote a routing rule"), {"title": TITLE}),
    ("rule.move", _("moved a routing rule"), {"title": TITLE}),
    (
        "rule.try",
        _("tried a routing rule on past cases"),
        {"title": TITLE, "cases": _("past cases"), "changed": _("would have gone elsewhere")},
    ),
    ("rule.switch", _("switched a routing rule"), {"title": TITLE, "on": _("switched on")}),
    ("category.write", _("changed a category"), {"name": _("name"), "code": _("code")}),
    ("category.load", _("loaded the categories that come with the house"), {"count": _("how many")}),
    ("template.write", _("changed a template of an answer"), {"title": _("title of the template")}),
)


def contribute() -> None:
    """Register them."""
    for name, title, words in ACTIONS:
        register_action(f"needs.{name}", title, words=words)
