"""The names of what is done in rounds, as the record tells them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.models import Round
from linli.kernel.audit import Amount, Keep, register_action, words_of

REASON, DAY, PHASE, WHERE = _("reason"), _("day"), _("phase"), _("where")
POT, LEFT, MINUTES = Amount(_("to be divided")), Amount(_("left over")), _("number of the minutes")
BODY = _("who decided")

CORRECTED = words_of(Round, "title", "call", "contact", "source", "offices", "is_sealed")

ACTIONS: tuple[tuple[str, Any, dict[str, Any], Keep], ...] = (
    ("programme.found", _("founded the programme"), {"name": _("name")}, Keep.FOR_EVER),
    ("programme.add_word", _("added a word"), {"kind": _("kind"), "word": _("word"), "year": _("year")},
     Keep.RETENTION),
    ("programme.end_word", _("took a word out of use"), {"kind": _("kind"), "word": _("word")}, Keep.RETENTION),
    (
        "round.set_up", _("set the round up"), {"title": _("title"), "year": _("year"), "kind": _("kind")},
        Keep.FOR_EVER,
    ),
    ("round.change", _("corrected the round"), CORRECTED, Keep.FOR_EVER),
    (
        "round.date_phase", _("dated a phase"),
        {"phase": PHASE, "opens": _("opens"), "closes": _("closes")}, Keep.FOR_EVER,
    ),
    ("round.skip_phase", _("left a phase out"), {"phase": PHASE, "reason": REASON}, Keep.FOR_EVER),
    ("round.repeat_phase", _("repeated a phase"), {"phase": PHASE}, Keep.FOR_EVER),
    ("round.issue_late_codes", _("issued access codes"), {"count": _("how many"), "reason": REASON}, Keep.FOR_EVER),
    ("round.begin_opening", _("began the opening of the proposals"), {"where": WHERE}, Keep.FOR_EVER),
    (
        "round.open_seals", _("confirmed the opening of the proposals"),
        {"count": _("how many lay there"), "where": WHERE}, Keep.FOR_EVER,
    ),
    (
        "round.assign_agency", _("assigned a supporting agency"),
        {"agency": _("agency"), "communities": _("communities")}, Keep.RETENTION,
    ),
    (
        "round.end_notice", _("the public notice of a decision was concluded"),
        {
            "notice": _("public notice"), "objections": _("objections"), "upheld": _("upheld objections"),
            "next": _("next step"),
        },
        Keep.FOR_EVER,
    ),
    (
        "choice.set_up", _("prepared the residents' choice"),
        {"kind": _("kind of ballot"), "opens": _("opens"), "closes": _("closes")}, Keep.FOR_EVER,
    ),
    (
        "choice.decide_share", _("entered which part of the score the residents' choice makes"),
        {"share": _("part of the score in per cent"), "minutes": MINUTES, "body": BODY}, Keep.FOR_EVER,
    ),
    (
        "choice.issue_slips", _("printed slips for the residents' choice"),
        {"number": _("batch"), "count": _("how many"), "where": WHERE}, Keep.FOR_EVER,
    ),
    ("choice.settle", _("settled a paper that was typed differently"), {"number": _("number of the ballot paper")},
     Keep.FOR_EVER),
    ("choice.keep_file", _("uploaded a choice held elsewhere"), {"file": _("file")}, Keep.RETENTION),
    ("idea.hand_in", _("handed an idea in"), {"source": _("how it came")}, Keep.RETENTION),
    ("proposal.start", _("began the proposal"), {}, Keep.RETENTION),
    ("proposal.edit_for", _("changed the proposal for its proposers"), {"version": _("version")}, Keep.RETENTION),
    ("proposal.confirm_edit", _("confirmed the agency's change"), {}, Keep.RETENTION),
    ("proposal.discuss", _("entered a discussion"), {"step": _("step"), "day": DAY}, Keep.RETENTION),
    ("proposal.coach", _("coached the proposal"), {"day": DAY, "next": _("next step")}, Keep.RETENTION),
    (
        "proposal.begin_check", _("began a check"), {"stage": _("stage"), "offices": _("offices")}, Keep.FOR_EVER,
    ),
    (
        "proposal.give_view", _("gave an office's view"),
        {"office": _("office"), "view": _("view"), "reason": REASON}, Keep.FOR_EVER,
    ),
    ("round.change_resources", _("entered what is given besides money"), {"resources": _("resources")}, Keep.RETENTION),
    (
        "proposal.change_demands", _("entered what the proposal needs besides money"),
        {"resources": _("resources")}, Keep.RETENTION,
    ),
    ("plan.draw", _("drew up a plan"), {"title": _("title"), "pot": POT, "left": LEFT}, Keep.FOR_EVER),
    (
        "plan.set_amount", _("set an amount of a plan by hand"),
        {"title": _("title"), "amount": Amount(_("amount")), "reason": REASON},
        Keep.FOR_EVER,
    ),
    ("plan.drop", _("dropped a plan"), {"title": _("title")}, Keep.FOR_EVER),
    (
        "decision.decide", _("made a plan binding"),
        {"minutes": MINUTES, "body": BODY, "sum": Amount(_("given in all")), "left": LEFT}, Keep.FOR_EVER,
    ),
    (
        "decision.amend", _("changed what was decided"),
        {"minutes": MINUTES, "body": BODY, "changes": _("how many changes")}, Keep.FOR_EVER,
    ),
    (
        "factor.write", _("wrote down what a result means for the next year"),
        {"name": _("name"), "year": _("year"), "grade": _("grade"), "factor": _("factor")}, Keep.FOR_EVER,
    ),
    ("decision.contest", _("heard that an objection was upheld"), {"objection": _("objection")}, Keep.FOR_EVER),
)  # fmt: skip


def contribute() -> None:
    """Register every action."""
    for name, title, words, keep in ACTIONS:
        nameless = _("a resident") if name == "idea.hand_in" else ""
        register_action(f"rounds.{name}", title, words=words, keep=keep, nameless=nameless)
