"""What rounds do when something happens elsewhere, and whom they tell what became of a proposal.

An event brought twice tells once: its audit row is the key.
"""

from datetime import datetime

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.publicity.models import PublicNotice
from linli.apps.rounds import queries
from linli.apps.rounds.models import Decision, Proposal
from linli.apps.rounds.services import contest, end_notice
from linli.kernel.events import Event, hears
from linli.kernel.money import format_yuan, yuan
from linli.kernel.notices import notify
from linli.kernel.refs import Ref, ref_of


@hears("publicity.objection.uphold")
def send_back_to_decision(event: Event) -> None:
    """An objection to the notice of a decision was upheld: the decision is taken up again."""
    subject = Ref.parse(str(event.facts.get("subject", "")))
    if subject.kind == "rounds.decision":
        decision = Decision.objects.filter(pk=subject.id).first()
        if decision is not None:
            contest(decision, objection=str(event.facts.get("answer", "")), actor=None)


@hears("publicity.notice.close")
def go_on_after_notice(event: Event) -> None:
    """The notice of a decision was concluded: its round says so, and what comes next."""
    assert event.ref is not None  # every verb of a notice names it
    notice = PublicNotice.objects.filter(pk=event.ref.id, subject_kind="rounds.decision").first()
    decision = Decision.objects.filter(pk=notice.subject_id).first() if notice is not None else None
    if notice is None or decision is None:
        return
    end_notice(
        decision, title=notice.title, objections=int(event.facts.get("objections") or 0),
        upheld=int(event.facts.get("upheld") or 0), actor=None, at=datetime.fromisoformat(event.at),
    )  # fmt: skip


def _tell(event: Event, sentence: Promise) -> None:
    """Write the sentence to whoever speaks for the proposal, but not to the one who did it."""
    assert event.ref is not None  # every verb of a proposal names it
    proposal = Proposal.objects.get(pk=event.ref.id)
    amount = event.facts.get("amount")
    words = {
        "title": proposal.title,
        "reason": event.facts.get("reason") or "",
        "amount": format_yuan(yuan(str(amount))) if amount else "",
    }
    with override(settings.LANGUAGE_CODE):
        text = str(sentence) % words
    notify(
        sorted(queries.proposers_of(proposal) - {event.actor_id}),
        kind=event.action,
        text=text,
        actor=None,
        ref=ref_of(proposal),
        dedupe=str(event.row),
        at=datetime.fromisoformat(event.at),
    )


@hears("rounds.proposal.return_for_more")
def tell_it_came_back(event: Event) -> None:
    """With what is missing."""
    _tell(event, _("Your proposal “%(title)s” was sent back for more: %(reason)s"))


@hears("rounds.proposal.refuse")
def tell_it_was_refused(event: Event) -> None:
    """With the reason."""
    _tell(event, _("Your proposal “%(title)s” was not taken: %(reason)s"))


@hears("rounds.proposal.accept")
def tell_it_was_accepted(event: Event) -> None:
    """It goes on to the review."""
    _tell(event, _("Your proposal “%(title)s” was accepted for review."))


@hears("rounds.proposal.award")
def tell_it_is_supported(event: Event) -> None:
    """With the amount decided."""
    _tell(event, _("Your proposal “%(title)s” is supported with %(amount)s. The public notice comes next."))


@hears("rounds.proposal.take_award_back")
def tell_support_is_gone(event: Event) -> None:
    """With the reason of the decision."""
    _tell(event, _("The support of your proposal “%(title)s” was taken back: %(reason)s"))
