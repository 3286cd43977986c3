"""A5 slips that bear the questions, the code and its QR; and the doors a stack of them is brought to."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.utils import timezone

from linli.apps.places.queries import office_name
from linli.apps.surveys import queries
from linli.apps.surveys.kinds import GRADES, MULTIPLE, RATING, SCALE, TEXT, TOP, Question
from linli.apps.surveys.models import Layers, Stratum
from linli.kernel.documents import Column, Layout, Paper, Rows, Text, print_paper, render_pdf
from linli.kernel.documents.layouts.blocks import Block
from linli.kernel.slips import show

HOW = "手机扫码填答，或在本页打“√”后交回。不记名，一码只算一次；请勿写姓名、电话和门牌。"
BRING = "把这一叠答卷逐户送到，任取一张即可；请勿记下哪一户拿了哪一张。"


def slip_papers(stratum: Stratum, codes: Sequence[str], address: str) -> bytes:
    """A PDF with one A5 page a code: the questions to tick, the QR of ``address`` and the code, the code itself.

    Nothing on a page tells one slip from another but its code.
    """
    import segno

    survey, pictures = stratum.survey, {}
    for number, code in enumerate(codes):
        drawn = BytesIO()
        segno.make(f"{address}{code}", error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
        pictures[f"qr-{number}.svg"] = drawn.getvalue()
    data = {
        "title": survey.title, "lead": survey.lead, "how": HOW, "issuer": office_name(survey.place),
        "until": survey.last_day, "codes": [show(code) for code in codes], "groups": _groups(stratum),
    }  # fmt: skip
    return render_pdf("surveys/slip.typ", data, pictures=pictures)


def _groups(stratum: Stratum) -> list[dict[str, Any]]:
    """The questions as they are ticked: one that is asked of each project stands as a grid of projects."""
    labels = list(stratum.survey.subjects.values_list("label", flat=True))
    return [
        {
            "text": one.text, "choices": _choices(one), "many": one.kind == MULTIPLE, "words": one.kind == TEXT,
            "subjects": labels if section.each and len(labels) > 1 else [""],
        }
        for section in queries.sections_of(stratum.survey)
        for one in section.questions
    ]  # fmt: skip


def _choices(one: Question) -> list[str]:
    if one.kind == RATING:
        return [*GRADES.values(), "说不清"]
    return [str(number) for number in range(1, TOP + 1)] if one.kind == SCALE else list(one.choices)


def door_list(stratum: Stratum) -> bytes:
    """The doors of a stratum, as PDF: to tick off that a slip was left, not which."""
    survey = stratum.survey
    rows = [(number, queries.door(one), "") for number, one in enumerate(queries.doors_of(stratum), 1)]
    told = [f"{survey.title} · {stratum.name}：{len(rows)}户。", BRING]
    if survey.layers:
        told.append(f"抽样：{'按楼栋' if survey.layers == Layers.BUILDING else '按网格'}分层，随机种子 {survey.seed}。")
    columns = [Column("序号", 1, "center"), Column("门牌", 5), Column("已送达（√）", 2, "center")]
    blocks: list[Block] = [*(Text(line, indent=False) for line in told), Rows(columns, rows)]
    today = timezone.localdate()
    return print_paper(Paper(Layout.FORM, "入户发放名单", office_name(survey.place), today, "", blocks))
