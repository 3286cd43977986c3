"""The slip a resident takes home: 18 points, number, who, telephone, by when, and the code."""

from io import BytesIO

from django.utils import timezone

from linli.apps.needs.models import Need, WindowMatter
from linli.apps.needs.queries.telling import Told
from linli.apps.places.queries import office_name
from linli.kernel.documents import render_pdf
from linli.kernel.slips import show

TITLE = "受理回执"


def receipt(told: Told, *, code: str, address: str, phone: str) -> bytes:
    """One A5 page, as PDF. The QR leads to ``address`` and the code behind it; ``phone`` is for offices without one."""
    import segno

    need, drawn = told.need, BytesIO()
    segno.make(f"{address}{code}/", error="m", micro=False).save(drawn, kind="svg", border=2, xmldecl=False)
    data = {
        "title": TITLE, "rows": _rows(told, phone), "missing": _missing(need), "code": show(code),
        "issuer": office_name(need.street),
    }  # fmt: skip
    return render_pdf("needs/slip.typ", data, pictures={"qr.svg": drawn.getvalue()})


def _rows(told: Told, phone: str) -> list[tuple[str, str]]:
    need = told.need
    day = timezone.localtime(need.received_at)
    rows = [("编号", need.number), ("受理", f"{day:%Y}年{day.month}月{day.day}日"), ("谁负责", "、".join(told.offices))]
    rows.append(("电话", told.phone or phone))
    if told.by_when is not None:
        due = timezone.localtime(told.by_when)
        rows.append(("何时答复", f"{due.month}月{due.day}日 {due:%H:%M} 前"))
    if need.call_back:
        rows.append(("怎样答复", "打电话给您"))
    return rows


def _missing(need: Need) -> list[str]:
    row = WindowMatter.objects.filter(need=need).first()
    return row.papers if row else []
