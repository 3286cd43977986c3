"""When a proposal is complete, and what it may not spend money on: pure rules over what was written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.kinds import Prohibited
from linli.kernel.money import format_yuan

Text = str | Promise
STEPS = ("motion", "talk", "review", "resolution", "promise")

SECTIONS: tuple[tuple[str, Text], ...] = (
    ("basics", _("What it is")),
    ("proposers", _("Who proposes")),
    ("need", _("Need")),
    ("goals", _("Goal and indicators")),
    ("work", _("Content and steps")),
    ("budget", _("Budget")),
    ("discussions", _("Four discussions and a promise")),
    ("supporters", _("Supporters")),
)


@dataclass(frozen=True)
class Gap:
    """Something that is missing or wrong before a proposal can be handed in: where, a sentence, a word for programs."""

    section: str
    sentence: Text
    code: str


@dataclass(frozen=True)
class Content:
    """Everything a proposal rests on, read once."""

    shares: Sequence[Any] = ()
    lines: Sequence[Any] = ()
    indicators: Sequence[Any] = ()
    surveys: Sequence[Any] = ()
    discussions: Sequence[Any] = ()
    supporters: Sequence[Any] = ()


@dataclass(frozen=True)
class Rules:
    """What a round asks for: parts that must be there, limits, uses refused."""

    requires: Sequence[str] = ()
    project_cap: Decimal = Decimal(0)
    least_questionnaires: int = 1
    quorum: int = 50
    prohibited: Sequence[Prohibited] = ()
    has_classes: bool = False


@dataclass(frozen=True)
class Finding:
    """A line of the budget that the money is not for: which line, which word, which clause."""

    line: int
    word: str
    use: Prohibited

    @property
    def sentence(self) -> Text:
        """What the editor shows beside the line."""
        return _("“%(word)s”: %(use)s. %(clause)s") % {
            "word": self.word, "use": self.use.title, "clause": self.use.clause,
        }  # fmt: skip


def findings(lines: Iterable[Any], uses: Iterable[Prohibited]) -> list[Finding]:
    """Every line whose item or grounds names a use that is refused; the first word of a line counts."""
    found = []
    uses = list(uses)
    for number, line in enumerate(lines, 1):
        text = f"{line.item} {line.grounds}"
        hit = next(((word, use) for use in uses for word in use.words if word in text), None)
        if hit is not None:
            found.append(Finding(number, *hit))
    return found


def gaps(proposal: Any, content: Content, rules: Rules) -> list[Gap]:
    """What is still missing, in the order of the sections; empty when it can be handed in."""
    return [
        *_basics(proposal, rules),
        *_proposers(proposal, content),
        *_need(proposal, content, rules),
        *_goals(proposal, content, rules),
        *_work(proposal),
        *_budget(proposal, content, rules),
        *_discussions(content, rules),
    ]


def _basics(proposal: Any, rules: Rules) -> list[Gap]:
    wanted = [
        (proposal.title, _("Give the project a title."), "title"),
        (proposal.category_id or not rules.has_classes, _("Choose the class."), "class"),
        (proposal.provider, _("Say who carries it out."), "provider"),
        (proposal.site, _("Say where it takes place."), "site"),
        (proposal.starts_on and proposal.ends_on, _("Give the first and the last day."), "days"),
    ]
    return [Gap("basics", sentence, code) for there, sentence, code in wanted if not there]


def _proposers(proposal: Any, content: Content) -> list[Gap]:
    shares = content.shares
    if not shares or not any(share.is_lead for share in shares):
        return [Gap("proposers", _("Name who proposes, and who leads."), "proposers")]
    found = []
    total = sum((share.share for share in shares), Decimal(0))
    if total != 100:
        wrong = _("The shares of the proposers sum to %(sum)s per cent; they must sum to 100.") % {
            "sum": total.normalize()
        }
        found.append(Gap("proposers", wrong, "shares"))
    lead = next(share for share in shares if share.is_lead)
    holder = proposal.fund_holder_id or proposal.holder_place_id
    if not lead.has_legal_person and not holder:
        sentence = _("A team or resident holds no public money. Name an organization or community that holds it.")
        found.append(Gap("proposers", sentence, "fund-holder"))
    if not proposal.contact_name:
        found.append(Gap("proposers", _("Name the person in charge."), "contact"))
    return found


def _need(proposal: Any, content: Content, rules: Rules) -> list[Gap]:
    found = [] if proposal.background else [Gap("need", _("Describe background and need."), "background")]
    if "survey" not in rules.requires:
        return found
    if not content.surveys:
        return [
            *found,
            Gap("need", _("Enter how the need was asked for. Without a survey nothing is handed in."), "survey"),
        ]
    if not any(survey.has_file for survey in content.surveys):
        found.append(Gap("need", _("Attach the file of the survey: the forms, the minutes or a table."), "survey-file"))
    few = [one for one in content.surveys if one.method == "questionnaire" and one.count < rules.least_questionnaires]
    if few and len(few) == len(content.surveys):
        sentence = _("%(count)s questionnaires are fewer than the %(least)s this round asks for.") % {
            "count": few[0].count, "least": rules.least_questionnaires,
        }  # fmt: skip
        found.append(Gap("need", sentence, "survey-few"))
    return found


def _goals(proposal: Any, content: Content, rules: Rules) -> list[Gap]:
    wanted = [
        (proposal.goal, _("Say what is to be reached."), "goal"),
        (proposal.beneficiaries and proposal.beneficiary_count, _("Say who benefits, and how many."), "beneficiaries"),
        (
            content.indicators or "indicators" not in rules.requires,
            _("Enter at least one indicator with baseline, target, unit and day."),
            "indicators",
        ),
    ]
    return [Gap("goals", sentence, code) for there, sentence, code in wanted if not there]


def _work(proposal: Any) -> list[Gap]:
    return [] if proposal.steps else [Gap("work", _("Describe content and steps."), "steps")]


def _budget(proposal: Any, content: Content, rules: Rules) -> list[Gap]:
    if not content.lines or not proposal.asked:
        return [Gap("budget", _("Enter the budget: what is asked for, and its lines."), "budget")]
    asked = sum((line.amount for line in content.lines if line.source == "asked"), Decimal(0))
    own = sum((line.amount for line in content.lines if line.source != "asked"), Decimal(0))
    found = []
    if (asked, own) != (proposal.asked, proposal.own):
        sentence = _(
            "The budget does not add up: the lines give %(asked)s asked for and %(own)s own; above stand "
            "%(stated)s and %(stated_own)s."
        ) % {
            "asked": format_yuan(asked), "own": format_yuan(own), "stated": format_yuan(proposal.asked),
            "stated_own": format_yuan(proposal.own),
        }  # fmt: skip
        found.append(Gap("budget", sentence, "sum"))
    if rules.project_cap and proposal.asked > rules.project_cap:
        sentence = _("%(asked)s is above the %(cap)s a project may ask for in this round.") % {
            "asked": format_yuan(proposal.asked), "cap": format_yuan(rules.project_cap),
        }  # fmt: skip
        found.append(Gap("budget", sentence, "cap"))
    refused = findings(content.lines, rules.prohibited)
    found += [
        Gap("budget", _("Line %(line)s: %(why)s") % {"line": one.line, "why": one.sentence}, "prohibited")
        for one in refused
    ]
    return found


@dataclass(frozen=True)
class Votes:
    """The count of a resolution."""

    due: int
    present: int
    in_favour: int
    against: int
    abstained: int
    quorum: int = field(default=50)

    def problem(self) -> tuple[str, Text] | None:
        """Why the resolution does not hold: (field, sentence); None when it does."""
        if self.present > self.due:
            return "present", _("More were present than should attend.")
        if self.in_favour + self.against + self.abstained != self.present:
            return "in_favour", _("Votes in favour, against and abstentions must sum to those present.")
        if self.present * 100 <= self.due * self.quorum:
            return "present", _("%(present)s of %(due)s present is not more than %(quorum)s per cent.") % {
                "present": self.present, "due": self.due, "quorum": self.quorum,
            }  # fmt: skip
        if self.in_favour * 2 <= self.present:
            return "in_favour", _("A resolution needs more than half of those present.")
        return None


def _discussions(content: Content, rules: Rules) -> list[Gap]:
    if "discussions" not in rules.requires:
        return []
    by_step = {one.step: one for one in content.discussions}
    missing = [step for step in STEPS if step not in by_step]
    if missing:
        sentence = _(
            "Enter motion, consultation, deliberation, resolution and promise, each with day, people and minutes."
        )
        return [Gap("discussions", sentence, "discussions")]
    days = [by_step[step].held_on for step in STEPS]
    if days != sorted(days):
        return [
            Gap("discussions", _("The discussions follow one another: no step comes before the one above it."), "order")
        ]
    return []


@dataclass(frozen=True)
class Section:
    """A section of the editor: its name, whether it is complete, what is missing."""

    code: str
    title: Text
    gaps: list[Gap]

    @property
    def done(self) -> bool:
        return not self.gaps


def sections(missing: Sequence[Gap], rules: Rules) -> list[Section]:
    """The sections a round has, each with what is missing in it."""
    left_out = set() if "discussions" in rules.requires else {"discussions"}
    return [
        Section(code, title, [gap for gap in missing if gap.section == code])
        for code, title in SECTIONS
        if code not in left_out
    ]
