"""One form, one verb, one answer: what most doors of the desk do, and the files they hand out."""

import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.kernel.audit import Entry
from linli.kernel.errors import Refusal
from linli.kernel.scope import Actor
from linli.kernel.scope.doors import actor_of
from linli.kernel.tables import write_xlsx
from linli.kernel.ui.versions import VersionConflict, VersionedForm, conflict_page

PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HASH = re.compile(r"\b(?=\d*[a-f])([0-9a-f]{8})[0-9a-f]{24,}\b")
"""A seal of 32 signs or more: a history shows its first eight, the record itself and the audit all."""


@dataclass(frozen=True)
class Line:
    """One sentence of a history."""

    words: str
    who: str
    at: datetime


def me(request: HttpRequest) -> Actor:
    """Whoever is signed in; only for doors that are closed to strangers."""
    actor = actor_of(request)
    assert actor is not None
    return actor


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

    ``shown``: title, lead (what will happen), press (the word on the button), danger, crumb (name of ``back``),
    frame (the page's frame, the desk's unless said). Where ``do`` gives back an address, that is where it leads. A
    versioned form that came too late shows both texts. Beside a dangerous button no word says "cancel" twice.
    """
    if request.method == "POST" and form.is_valid():
        try:
            led = do(form.cleaned_data)
        except Refusal as refusal:
            if refusal.code == VersionConflict.default_code and isinstance(form, VersionedForm):
                return conflict_page(request, form, title=str(shown["title"]), **_framed(shown))
            explain(form, refusal)
        else:
            messages.success(request, done)
            return redirect(led if isinstance(led, str) and led.startswith("/") else back)
    context = {"form": form, "back": back, "files": form.is_multipart(), **shown}
    return render(request, "ui/act.html", context, status=422 if form.errors else 200)


def _framed(shown: dict[str, Any]) -> dict[str, str]:
    return {"frame": shown["frame"]} if shown.get("frame") else {}


def explain(form: forms.BaseForm, refusal: Refusal) -> None:
    """Put the sentence of a refusal beside its field."""
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


def press(request: HttpRequest, do: Callable[[], Any], *, back: str, done: Any) -> HttpResponse:
    """One button without a form: a refusal is told on the page it leads back to."""
    try:
        do()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(back)


def story(entries: Iterable[Entry]) -> list[Line]:
    """A record's history as sentences, the latest first; what one person did over and over on a day is one line."""
    lines = [Line(_sentence(entry), entry.actor, entry.at) for entry in reversed(list(entries))]
    return [_folded(list(same)) for _alike, same in groupby(lines, lambda one: (one.words, one.who, localdate(one.at)))]


def _folded(same: list[Line]) -> Line:
    """The latest of equal lines, with how many there were."""
    if len(same) == 1:
        return same[0]
    return replace(same[0], words=_("%(words)s, %(count)s times") % {"words": same[0].words, "count": len(same)})


def _sentence(entry: Entry) -> str:
    told = [(word, HASH.sub(r"\1…", value).rstrip("。")) for word, value in entry.facts if value]
    facts = "；".join(_("%(word)s: %(value)s") % {"word": word, "value": value} for word, value in told)
    return f"{entry.title}（{facts}）" if facts else entry.title


def paper(content: bytes, name: str, kind: str) -> FileResponse:
    """A file to keep; ``kind`` is its media type."""
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=kind)


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """The rows as an Excel file to keep."""
    with tempfile.TemporaryDirectory(prefix="linli-rows-") as folder:
        path = Path(folder) / "rows.xlsx"
        write_xlsx(path, headings, rows, title=title)
        return paper(path.read_bytes(), f"{title}.xlsx", XLSX)
