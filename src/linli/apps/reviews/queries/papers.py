"""What stands on the papers of a review, as plain data in Chinese."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils import timezone

from linli.apps.places.queries import office_name
from linli.apps.reviews.models import (
    CorrectionState,
    Duty,
    Entry,
    EntryState,
    Mode,
    Panel,
    Recusal,
    RecusalState,
    ReviewSession,
    Seat,
    SheetCorrection,
    VoteKind,
)
from linli.apps.reviews.queries.results import Result, results_of
from linli.apps.reviews.queries.sheets import judges_of, sheets_by_entry
from linli.apps.reviews.queries.ties import BEFORE_ITS_JUDGES
from linli.kernel import rubric as rubrics
from linli.kernel.files import StoredFile
from linli.kernel.refs import ref_of

RULES = {"drop": "去掉一个最高分和一个最低分后取平均分", "mean": "取全部评分的平均分", "": "开始评分时确定"}
VERDICTS = {"approve": "通过", "revise": "修改后通过", "refuse": "不通过", "": "—"}
DUTIES = {"host": "主持人", "timekeeper": "计时员", "counter": "计分人", "supervisor": "监督人"}
NOBODY = "　　　"


def days(first: date, last: date) -> str:
    """「2026年11月22日」, or from the first to the last day."""
    texts = [f"{one.year}年{one.month}月{one.day}日" for one in (first, last)]
    return texts[0] if first == last else "至".join(texts)


def _kept(session: ReviewSession) -> dict[str, Any]:
    """What every paper of a review says of itself: the unit, the day it was printed, the serial."""
    serial = f"{session.place.name}-{session.first_day:%Y%m%d}-{session.pk.hex[-4:]}"
    return {"office": office_name(session.place), "printed": timezone.localdate(), "serial": serial}


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _criteria(session: ReviewSession) -> list[dict[str, str]]:
    if session.rubric is None:
        return []
    return [
        {
            "title": one.title,
            "top": _plain(one.top),
            "anchors": "；".join(f"{_plain(a.least)}–{_plain(a.most)} {a.label}" for a in one.anchors),
        }
        for one in rubrics.scale_of(session.rubric).criteria
    ]


def _recused(panel: Panel) -> set[tuple[UUID, UUID]]:
    rows = Recusal.objects.filter(entry__panel=panel, state=RecusalState.CONFIRMED)
    return set(rows.values_list("entry_id", "seat_id"))


def _entries(panel: Panel) -> list[Entry]:
    return list(panel.entries.exclude(state=EntryState.WITHDRAWN).order_by("position", "number"))


def sheet_paper(panel: Panel) -> dict[str, Any]:
    """Documents 10: a pre-filled sheet for each judge and entry."""
    session, recused, criteria = panel.session, _recused(panel), _criteria(panel.session)
    return {
        **_kept(session),
        "session": session.title,
        "criteria": criteria,
        "top": _plain(sum((Decimal(one["top"]) for one in criteria), Decimal(0))),
        "sheets": [
            {
                "panel": panel.name,
                "number": str(entry.number),
                "title": entry.title,
                "judge": seat.name,
                "day": days(session.first_day, session.last_day),
                "recused": (entry.pk, seat.pk) in recused,
            }
            for seat in judges_of(panel)
            for entry in _entries(panel)
        ],
    }


def table_paper(panel: Panel, *, before_reveal: bool = False) -> dict[str, Any]:
    """Documents 11: entries by rank with each judge's total, what was dropped, the names of those who sign.

    ``before_reveal`` also shows what is collected: for counter and supervisor alone.
    """
    session = panel.session
    judges = list(Seat.objects.filter(panel=panel, duty=Duty.JUDGE).order_by("id"))
    recused, sheets = _recused(panel), sheets_by_entry(session)
    results = [one for one in results_of(session, revealed_only=not before_reveal) if one.entry.panel_id == panel.pk]
    marks = session.mode == Mode.MARKS
    return {
        **_kept(session),
        "session": session.title,
        "panel": panel.name,
        "name": "评分汇总表" if marks else "计票汇总表",
        "days": days(session.first_day, session.last_day),
        "venue": panel.venue or session.venue or NOBODY,
        "rule": RULES[panel.rule] if marks else _way(session),
        "judges": [seat.name for seat in judges] if session.mode != Mode.VOTE else [],
        "heads": ["去高", "去低", "平均", "名次"] if marks else ["同意票", "参评人数", "结论", "名次"],
        "rows": [
            {
                "number": str(one.entry.number),
                "title": one.entry.title,
                "marks": _marks_of(one.entry, judges, recused, sheets) if session.mode != Mode.VOTE else [],
                "figures": _figures(one, marks=marks),
            }
            for one in results
        ],
        "remark": "" if not before_reveal else "本表供计分人、监督人核对签字，公布前不得外传。",
        **_signers(session, panel),
    }


def _marks_of(entry: Entry, judges: list[Seat], recused: set[tuple[UUID, UUID]], sheets: Any) -> list[str]:
    by_seat = {sheet.seat_id: sheet for sheet in sheets.get(entry.pk, ())}

    def cell(seat: Seat) -> str:
        if (entry.pk, seat.pk) in recused:
            return "回避"
        sheet = by_seat.get(seat.pk)
        if sheet is None:
            return "—"
        return str(sheet.total) if sheet.total is not None else VERDICTS[sheet.opinion]

    return [cell(seat) for seat in judges]


def _figures(one: Result, *, marks: bool) -> list[str]:
    rank = str(one.rank or "—") + ("（并列）" if one.tied else "")
    if marks:
        high, low = one.dropped or ("—", "—")
        return [str(high), str(low), str(one.score), rank]
    passed = {True: "通过", False: "未通过", None: "—"}[one.passed] if not one.verdict else VERDICTS[one.verdict]
    return [str(one.yes if one.yes is not None else "—"), str(one.counted or "—"), passed, rank]


def _signers(session: ReviewSession, panel: Panel | None) -> dict[str, str]:
    rows = session.seats.filter(duty__in=(Duty.COUNTER, Duty.SUPERVISOR), left_at__isnull=True).order_by("id")
    names: dict[str, list[str]] = defaultdict(list)
    for seat in rows:
        if panel is None or seat.panel_id in (None, panel.pk):
            names[seat.duty].append(seat.name)
    return {duty: "、".join(names[duty]) or NOBODY for duty in ("counter", "supervisor")}


def _way(session: ReviewSession) -> str:
    if session.mode == Mode.OPINIONS:
        return "评委各自提出意见，过半数的意见为结论"
    if session.vote_kind == VoteKind.PICKS:
        return f"每位评委最多选{session.picks}项，按得票选出{session.winners}项"
    return "逐项表决，同意票过半数为通过"


def promise_paper(seat: Seat, text: str) -> dict[str, Any]:
    """Documents 9: the promise and the form of recusals, with what is known filled in."""
    rows = Recusal.objects.filter(seat=seat).exclude(state=RecusalState.DISMISSED).select_related("entry")
    return {
        "name": seat.name,
        "unit": seat.unit or NOBODY,
        **_kept(seat.session),
        "session": seat.session.title,
        "days": days(seat.session.first_day, seat.session.last_day),
        "text": text,
        "recusals": [{"title": row.entry.title, "fact": row.fact} for row in rows],
    }


def handbook_paper(panel: Panel) -> dict[str, Any]:
    """Documents 8: who, where, when, in which order, by which criteria."""
    session = panel.session
    staff = session.seats.exclude(duty__in=(Duty.JUDGE, Duty.SCREEN)).filter(left_at__isnull=True).order_by("id")
    rows = panel.entries.exclude(state=EntryState.WITHDRAWN).prefetch_related("parties").select_related("slot")
    return {
        **_kept(session),
        "session": session.title,
        "panel": panel.name,
        "days": days(session.first_day, session.last_day),
        "venue": "，".join(part for part in (session.venue, panel.venue) if part) or NOBODY,
        "judges": [seat.name + ("（组长）" if seat.is_chair else "") for seat in judges_of(panel)],
        "staff": [f"{DUTIES[seat.duty]}：{seat.name}" for seat in staff if seat.panel_id in (None, panel.pk)],
        "talk": session.talk_minutes,
        "questions": session.question_minutes,
        "rule": RULES[panel.rule] if session.mode == Mode.MARKS else _way(session),
        "criteria": _criteria(session),
        "entries": [_listed(entry) for entry in rows.order_by("position", "number")],
    }


def _listed(entry: Entry) -> dict[str, str]:
    slot = getattr(entry, "slot", None)
    return {
        "number": str(entry.number),
        "time": f"{slot.day.month}月{slot.day.day}日 {slot.starts:%H:%M}" if slot else "",
        "title": entry.title,
        "parties": "、".join(party.label for party in entry.parties.all()),
        "presenter": entry.presenter,
    }


def minutes_paper(session: ReviewSession) -> dict[str, Any]:
    """Documents 13: what happened, in sentences; scores as they were revealed."""
    judges = list(session.seats.filter(duty=Duty.JUDGE).order_by("panel__position", "id"))
    recusals = Recusal.objects.filter(BEFORE_ITS_JUDGES, entry__session=session, state=RecusalState.CONFIRMED)
    return {
        **_kept(session),
        "session": _meeting(session.title),
        "host": str(session.place.name),
        "days": days(session.first_day, session.last_day),
        "venue": session.venue or NOBODY,
        "chairs": "、".join(seat.name for seat in judges if seat.is_chair) or NOBODY,
        "judges": [seat.name for seat in judges],
        "way": _told_way(session),
        "recusals": [
            f"{row.seat.name}回避“{row.entry.title}”（{row.fact}）" for row in recusals.select_related("seat", "entry")
        ],
        "results": [_told(one) for one in results_of(session)],
        "corrections": _told_corrections(session),
        **_signers(session, None),
    }


def _meeting(title: str) -> str:
    """The review as a meeting: 「公益创投路演评审会」."""
    return title if title.endswith("会") else f"{title}{'会' if title.endswith('评审') else '评审会'}"


def _told_way(session: ReviewSession) -> str:
    if session.mode != Mode.MARKS or session.rubric is None:
        return f"本次评审采用{'票决' if session.mode == Mode.VOTE else '提出意见'}方式：{_way(session)}。"
    rules = "；".join(f"{panel.name}{RULES[panel.rule]}" for panel in session.panels.all())
    return f"按《{session.rubric.rubric.title}》打分，满分100分。评分开始前确定的计分规则：{rules}。"


def _told(one: Result) -> str:
    panel = f"{one.entry.panel.name}" if one.entry.panel else ""
    if one.score is not None:
        return f"{panel}第{one.rank}名：{one.entry.title}，得分{one.score}。"
    outcome = VERDICTS[one.verdict] if one.verdict else {True: "通过", False: "未通过", None: "待定"}[one.passed]
    votes = f"，同意{one.yes}票" if one.yes is not None else ""
    return f"{panel}{one.entry.title}{votes}：{outcome}。"


def _told_corrections(session: ReviewSession) -> list[str]:
    rows = SheetCorrection.objects.filter(
        sheet__entry__session=session, sheet__entry__state=EntryState.REVEALED, state=CorrectionState.APPROVED
    )
    return [
        f"{row.sheet.seat.name}对“{row.sheet.entry.title}”的评分由{row.total_before}更正为{row.total_after}（{row.reason}）"
        for row in rows.select_related("sheet__seat", "sheet__entry")
    ]


def papers_by_entry(panel: Panel) -> list[tuple[Entry, list[StoredFile]]]:
    """The frozen papers of every entry of a panel. Two queries."""
    entries = _entries(panel)
    if not entries:
        return []
    kind = ref_of(entries[0]).kind
    found: dict[UUID, list[StoredFile]] = defaultdict(list)
    for row in StoredFile.objects.filter(owner_kind=kind, owner_id__in=[one.pk for one in entries]).order_by("id"):
        found[row.owner_id].append(row)
    return [(entry, found[entry.pk]) for entry in entries]
