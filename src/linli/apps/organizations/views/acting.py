"""One form, one verb, one answer: what most doors of organizations do."""

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
    do: Callable[[dict[str, Any]], Any],
    *,
    back: str,
    done: Any,
    **shown: Any,
) -> HttpResponse:
    """Show ``form``; when it is sent, ``do`` its data and go ``back`` with the sentence ``done``.

    ``shown``: title, lead (what will happen), press (the word on the button), danger, crumb (name of ``back``).
    """
    if request.method == "POST" and form.is_valid():
        try:
            do(form.cleaned_data)
        except Refusal as refusal:
            explain(form, refusal)
        else:
            messages.success(request, done)
            return redirect(back)
    context = {"form": form, "back": back, "files": form.is_multipart(), **shown}
    return render(request, "organizations/act.html", context, status=422 if form.errors else 200)


def explain(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put the sentence of a refusal beside its field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as an Excel file to keep."""
    with tempfile.TemporaryDirectory(prefix="linli-organizations-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title)
        body = io.BytesIO(path.read_bytes())
    return FileResponse(body, as_attachment=True, filename=f"{title}.xlsx", content_type=XLSX)
