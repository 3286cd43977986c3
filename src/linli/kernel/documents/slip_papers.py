"""A5 sheets for one-time codes: what it is for, the QR code, the code in large type."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from django.utils import timezone

from linli.kernel.documents.printing import render_pdf
from linli.kernel.slips import show


def slip_sheets(
    codes: Sequence[str], *, title: str, lines: Sequence[str], address: str, expires: datetime, issuer: str
) -> bytes:
    """A PDF with one A5 page a code, in the order given.

    The QR code holds ``address`` and the code behind it ("https://…/s/" gives "https://…/s/ABCDEFGH"); ``lines``
    say what to do, ``issuer`` who gives the slip out. Nothing on a sheet tells one slip from another but its code.
    """
    import segno

    pictures = {}
    for number, code in enumerate(codes):
        drawn = BytesIO()
        segno.make(f"{address}{code}", error="m", micro=False).save(drawn, kind="svg", border=4, xmldecl=False)
        pictures[f"qr-{number}.svg"] = drawn.getvalue()
    data = {
        "title": title,
        "lines": list(lines),
        "codes": [show(code) for code in codes],
        "expires": timezone.localtime(expires),
        "issuer": issuer,
    }
    return render_pdf("documents/slips.typ", data, pictures=pictures)
