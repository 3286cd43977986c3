"""The stars of a year: opened with their formula, reckoned, shown, objected to, put into public notice, given."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.apps.incubation import queries
from linli.apps.incubation.lifecycle import STAR_OBJECTIONS, STAR_ROUNDS
from linli.apps.incubation.models import ObjectionState, StarObjection, StarRating, StarRound, StarState
from linli.apps.incubation.permissions import gives_stars, keeps_months, speaks
from linli.apps.incubation.rubric import FORMULA, Verdict, stars_of
from linli.apps.incubation.services.keeping import STARS_TOLD, day_of, last_moment, require, said, tell
from linli.apps.places.models import Place
from linli.apps.publicity import services as publicity
from linli.apps.publicity.models import NoticeStage
from linli.apps.reviews import services as reviews
from linli.apps.reviews.models import Purpose, ReviewSession
from linli.kernel import rubric
from linli.kernel.errors import Conflict, Refusal
from linli.kernel.events import record
from linli.kernel.refs import ref_of
from linli.kernel.rubric import Criterion
from linli.kernel.rubric.models import RubricVersion
from linli.kernel.scope import Actor
from linli.kernel.settings import look

WRITTEN = "zh-hans"
FIGURES = {
    "months_share": "stars_months_share", "least_months": "stars_least_months", "party_least": "stars_party_least",
    "five": "stars_five", "four": "stars_four", "three": "stars_three",
}  # fmt: skip
"""Column of the round -> setting of the street."""
REPORT, REPORT_TITLE = "incubation.report", "社会组织年度述职评议"
REPORT_SHEET = (
    ("party", "党建引领与制度执行", 25), ("effect", "服务成效与居民评价", 30), ("order", "规范运作与经费使用", 20),
    ("growth", "队伍建设与能力提升", 15), ("talk", "述职与答问", 10),
)  # fmt: skip
WORD = {5: "五星", 4: "四星", 3: "三星", 0: "未评定星级"}


def open_stars(street: Place, *, year: int, actor: Actor | None, at: datetime | None = None) -> StarRound:
    """The stars of a street and year, with the formula as the settings stand. Conflict where they were opened."""
    when = at or timezone.now()
    if year > timezone.localdate(when).year:
        raise Refusal(_("This year lies ahead."), field="year")
    found = look([f"incubation.{name}" for name in FIGURES.values()], street=street.pk, at=when)
    numbers: dict[str, Any] = {column: found[f"incubation.{name}"].value for column, name in FIGURES.items()}
    row = StarRound(street=street, year=year, formula=FORMULA.version, opened_at=when, **numbers)
    require(keeps_months, actor, row)
    if not row.three < row.four < row.five:
        raise Refusal(_("The lines of the stars do not rise. Look at the settings."))
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            raise Conflict(_("The stars of this year were opened already.")) from None
        record("incubation.stars.open", row, actor=actor, facts={"year": year, "version": row.formula}, at=at)
    return row


def report_sheet() -> RubricVersion:
    """The sheet by which the report of the year is rated, made when it is taken for the first time."""
    found = RubricVersion.objects.filter(rubric__name=REPORT).order_by("-number").first()
    criteria = [Criterion(code, title, Decimal(top), Decimal(top)) for code, title, top in REPORT_SHEET]
    return found or rubric.define(REPORT, title=REPORT_TITLE, criteria=criteria, source="述职评议办法（样例）")


def open_report(
    row: StarRound, *, first_day: date, actor: Actor | None, at: datetime | None = None, **columns: Any
) -> ReviewSession:
    """The session in which the organizations report on the year and are rated (E48), each of them entered.

    ``columns`` as ``reviews.services.open_session`` takes them. Conflict where it was opened already.
    """
    require(gives_stars, actor, row)
    _require_draft(row)
    given: dict[str, Any] = {"rubric": report_sheet(), **columns}
    with transaction.atomic():
        session = reviews.open_session(
            title=f"{row.year}年度社会组织述职评议", place=row.street, first_day=first_day, purpose=Purpose.OTHER,
            actor=actor, at=at, **given,
        )  # fmt: skip
        if not StarRound.objects.filter(pk=row.pk, session=None).update(session=session):
            raise Conflict(_("The report of this year was opened already."))
        row.session = session
        for one in queries.rated_in(row):
            reviews.enter(session, title=one.name, subject=ref_of(one), parties=[ref_of(one)], actor=actor, at=at)
        record("incubation.stars.report", row, actor=actor, facts={"title": session.title, "day": first_day}, at=at)
    return session


def _require_draft(row: StarRound) -> None:
    if row.state != StarState.DRAFTED:
        raise Conflict(_("The stars were shown already. Take them back with a reason first."))


def reckon(row: StarRound, *, actor: Actor | None, at: datetime | None = None) -> list[StarRating]:
    """Reckon every organization of the round by its formula anew. Conflict once it was shown."""
    require(keeps_months, actor, row)
    _require_draft(row)
    organizations = queries.rated_in(row)
    bases = queries.bases_of(row, organizations)
    with transaction.atomic():
        row.ratings.all().delete()
        with override(WRITTEN):  # the steps are a paper
            made = [_rated(row, one, bases[one.pk]) for one in organizations]
        StarRating.objects.bulk_create(made)
        record("incubation.stars.reckon", row, actor=actor, facts={"count": len(made)}, at=at)
    return made


def _rated(row: StarRound, organization: Any, basis: queries.Basis) -> StarRating:
    verdict: Verdict = stars_of(basis.totals, basis.party, basis.review, row.numbers)
    return StarRating(
        round=row, organization=organization, months=len(basis.totals), mean=verdict.mean, party=verdict.party,
        review=basis.review, passed=verdict.passed, points=verdict.points, stars=verdict.stars,
        steps=list(verdict.steps),
    )  # fmt: skip


def show_stars(row: StarRound, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Tell every organization its rating; it may object within the days of the setting."""
    when = at or timezone.now()
    until = last_moment("incubation.objection_days", row.street_id, when)
    ratings = list(row.ratings.select_related("organization"))
    facts = {"rated": len(ratings), "until": day_of(until)}
    with transaction.atomic():
        STAR_ROUNDS.apply("show", row, actor=actor, facts=facts, at=when, shown_at=when, objection_until=until)
        sentence = _("Stars of %(year)d: %(stars)s. You may object until %(day)s.")
        for one in ratings:
            words = {"year": row.year, "stars": WORD[one.stars], "day": day_of(until)}
            tell(one.organization, one, sentence, words, kind=STARS_TOLD, actor=actor, at=when)


def object_to_stars(rating: StarRating, *, text: str, actor: Actor | None, at: datetime | None = None) -> StarObjection:
    """The organization objects while its rating is shown. Refuses it after the last day."""
    require(speaks, actor, rating)
    when = at or timezone.now()
    words = said(text, "text", _("Write what you have to say."))[:1000]
    row = rating.round
    if row.state != StarState.SHOWN:
        raise Conflict(_("Objections are made while the stars are shown."))
    assert row.objection_until is not None  # shown with a last day
    if when > row.objection_until:
        raise Refusal(_("Objections were possible until %(day)s.") % {"day": day_of(row.objection_until)})
    with transaction.atomic():
        made = StarObjection.objects.create(rating=rating, text=words, made_at=when)
        record("incubation.stars.object", row, actor=actor, facts={"name": str(rating.organization)}, at=at)
    return made


def answer_star_objection(
    objection: StarObjection, *, upheld: bool, answer: str, actor: Actor | None, at: datetime | None = None
) -> None:
    """Answer it with its reason. Upheld, the stars are taken back and reckoned again."""
    when, words = at or timezone.now(), answer.strip()[:500]
    with transaction.atomic():
        verb = "uphold" if upheld else "reject"
        STAR_OBJECTIONS.apply(
            verb, objection, actor=actor, facts={"answer": words}, at=when, answer=words, answered_at=when
        )
        rating = objection.rating
        sentence = _("Your objection to the stars was answered: %(answer)s")
        tell(rating.organization, rating, sentence, {"answer": words}, kind=STARS_TOLD, actor=actor, at=when)


def take_stars_back(row: StarRound, *, reason: str, actor: Actor | None, at: datetime | None = None) -> None:
    """Back to the draft, to be reckoned again; what was objected and answered is told by the history."""
    STAR_ROUNDS.apply("reckon_again", row, actor=actor, facts={"reason": reason.strip()}, at=at, notice=None)


def notice_stars(
    row: StarRound, *, actor: Actor, office: str = "", phones: str = "", at: datetime | None = None
) -> None:
    """Hand the list of stars over as a public notice; refused while an objection waits or may still be made.

    ``office`` and ``phones`` of whoever takes objections: as the street's settings say unless given.
    """
    when = at or timezone.now()
    ratings = list(row.ratings.filter(stars__gt=0).select_related("organization"))
    if not ratings:
        raise Refusal(_("No organization has stars. There is nothing to give notice of."))
    over = row.objection_until is not None and when > row.objection_until
    waiting = StarObjection.objects.filter(rating__round=row, state=ObjectionState.OPEN).exists()
    title = f"{row.year}年度社会组织星级评定公示"
    facts = {"open": waiting, "over": over, "until": day_of(row.objection_until), "title": title}
    lines = [publicity.Line(one.organization.name, remark=f"{WORD[one.stars]}（{one.points}分）") for one in ratings]
    with transaction.atomic():
        notice = publicity.publish(
            subject=ref_of(row), grounds=ref_of(row), kind="standing",
            text=publicity.NoticeText(title=title, office=office, phones=phones),
            place=row.street, lines=lines, actor=actor, at=when,
        )  # fmt: skip
        STAR_ROUNDS.apply("notice", row, actor=actor, facts=facts, at=when, notice=notice)


def is_concluded(row: StarRound) -> bool:
    """Whether its public notice was concluded."""
    return row.notice is not None and row.notice.stage == NoticeStage.CLOSED
