"""One form, one verb, one sentence: how pages of the roster do something; and rows as a workbook."""

import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.kernel.errors import Refusal
from linli.kernel.tables import write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def act(
    request: HttpRequest,
    form: forms.BaseForm,
    do: Callable[[], Any],
    *,
    back: str,
    done: Any,
    **shown: Any,
) -> HttpResponse:
    """Show ``form``; when it is sent and right, ``do`` it and go ``back`` with the sentence ``done``.

    ``shown``: title, lead, press (the word on the button), danger, crumb (name of ``back``).
    """
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "back": back, **shown}
    return render(request, "people/fill_in.html", context, status=422 if form.errors else 200)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as an Excel file to keep."""
    with tempfile.TemporaryDirectory(prefix="linli-people-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)
