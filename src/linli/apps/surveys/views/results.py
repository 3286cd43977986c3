"""What a counted survey says, in sentences; its table (paper 26) as Excel and PDF."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from linli.apps.surveys import queries
from linli.apps.surveys.kinds import GRADES
from linli.apps.surveys.models import SurveyState
from linli.apps.surveys.permissions import reads_surveys
from linli.apps.surveys.tables import TITLE, rate_table
from linli.apps.surveys.views.finding import found
from linli.kernel.documents import print_paper
from linli.kernel.scope import permission
from linli.kernel.ui.acting import PDF, paper, workbook


@dataclass(frozen=True)
class Shown:
    """One line of the result in words and figures."""

    subject: str
    way: str
    rate: queries.Rate
    percent: str
    note: str
    response: str
    response_note: str
    sentence: str
    weighted: str
    presence: str
    bars: tuple[tuple[str, int, int], ...]


def shown(line: queries.Line) -> Shown:
    """A line of the table as the page says it."""
    rate, told = line.rate, queries.per_cent
    whole = sum(line.grades) or 1
    names = (*GRADES.values(), "说不清")
    return Shown(
        line.subject, line.way, rate, told(rate.rate),
        _("%(part)d of %(n)d valid answers") % {"part": rate.satisfied, "n": rate.n_valid},
        told(rate.response_rate) if rate.is_official else "—",
        _("%(part)d of %(n)d came back") % {"part": rate.returned, "n": rate.asked} if rate.is_official
        else _("%(n)d answered by themselves; they stand for nobody else") % {"n": rate.returned},
        _sentence(rate), _weighted(rate), _presence(rate),
        tuple((name, count, round(100 * count / whole)) for name, count in zip(names, line.grades, strict=True)),
    )  # fmt: skip


def _sentence(rate: queries.Rate) -> str:
    """The interval in one plain sentence."""
    if not rate.is_official:
        return _("Nobody was drawn, so no interval can say how sure this is.")
    return _(
        "Only some people answered: had everybody been asked, the rate would most probably lie between %(low)s and "
        "%(high)s (19 of 20 such surveys)."
    ) % {"low": queries.per_cent(rate.low), "high": queries.per_cent(rate.high)}


def _weighted(rate: queries.Rate) -> str:
    if rate.weighted is None:
        return ""
    told = _("With each group counted by its households: %(share)s, between %(low)s and %(high)s.") % {
        "share": queries.per_cent(rate.weighted), "low": queries.per_cent(rate.weighted_low),
        "high": queries.per_cent(rate.weighted_high),
    }  # fmt: skip
    groups = "；".join("＋".join(names) for names in rate.merged)
    return told + (_("Groups with fewer than two answers were put together: %(groups)s.") % {"groups": groups}
                   if groups else "")  # fmt: skip


def _presence(rate: queries.Rate) -> str:
    if not rate.in_presence:
        return ""
    return _("%(n)d answers were given in the presence of the rated team; without them the rate is %(rate)s.") % {
        "n": rate.in_presence, "rate": queries.per_cent(rate.rate_apart),
    }  # fmt: skip


@permission(reads_surveys)
@require_safe
def table(request: HttpRequest, pk: UUID, suffix: str) -> HttpResponseBase:
    """满意度调查统计表; 404 before it is counted."""
    row = found(request, pk)
    if row.state != SurveyState.CLOSED or suffix not in ("xlsx", "pdf"):
        raise Http404
    if suffix == "xlsx":
        return workbook(f"{row.title}-{TITLE}", queries.HEADINGS, queries.table(row))
    return paper(print_paper(rate_table(row)), f"{row.title}-{TITLE}.pdf", PDF)
