"""The scan with what a street declared: its offices may stand, its own words count."""

import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.publication.declaring import standing_offices
from linli.kernel.publication.scanning.files import look_through_file
from linli.kernel.publication.scanning.findings import Finding
from linli.kernel.publication.scanning.texts import Lists, look_through
from linli.kernel.publication.sealing import kind_for
from linli.kernel.refs import kind_of
from linli.kernel.settings import look

SHOWN = 3
_BETWEEN = re.compile(r"[、，,;；\n]+")


def lists_of(street: UUID | None, may_stand: Collection[str] = ()) -> Lists:
    """What passes and what counts in a street: its settings, what apps declared, what the record declares."""
    said = look(["publication.may_stand", "publication.words"], street=street)
    own = _split(said["publication.may_stand"].value)
    return Lists.of(
        {*own, *standing_offices(street), *may_stand},
        _split(said["publication.words"].value),
    )


def _split(text: Any) -> list[str]:
    return [entry for entry in (part.strip() for part in _BETWEEN.split(str(text or ""))) if entry]


def scan_text(text: str, *, street: UUID | None = None, may_stand: Collection[str] = ()) -> list[Finding]:
    """What may not be public in ``text``; [] for a clean one. Pass the street's id for its own lists."""
    return look_through(text, lists_of(street, may_stand))


def scan_texts(
    texts: Mapping[str, str], *, street: UUID | None = None, may_stand: Collection[str] = ()
) -> list[Finding]:
    """The same for several texts, each finding with its heading."""
    lists = lists_of(street, may_stand)
    return [finding.at(str(place)) for place, text in texts.items() for finding in look_through(str(text), lists)]


def scan_file(
    file: bytes | Path, name: str, *, street: UUID | None = None, may_stand: Collection[str] = ()
) -> list[Finding]:
    """What may not be public in an xlsx, docx, pdf, csv or text; other types are refused, pictures ask for eyes."""
    content = file.read_bytes() if isinstance(file, Path) else file
    return look_through_file(content, name, lists_of(street, may_stand))


def scan_record(record: Any, *, with_files: bool = True) -> list[Finding]:
    """Everything in what the public will read of ``record``: its texts, then its files."""
    kind = kind_for(record)
    lists = lists_of(kind_of(record).street(record), tuple(kind.may_stand(record)))
    found = [
        finding.at(str(place)) for place, text in kind.texts(record).items() for finding in look_through(text, lists)
    ]
    for stored in kind.files(record) if with_files else ():
        with files.opened(stored) as opened:
            found += look_through_file(opened.read(), stored.name, lists)
    return found


def refuse_findings(findings: Iterable[Finding]) -> None:
    """Refuse to publish where a finding stops it; the sentence names the first three places."""
    stopping = [finding for finding in findings if finding.stops]
    if not stopping:
        return
    shown = "；".join(str(finding) for finding in stopping[:SHOWN])
    raise Refusal(
        _("%(count)s places may not be public. %(shown)s. Take them out or mask them, then try again.")
        % {"count": len(stopping), "shown": shown},
        code="not-for-the-public",
    )
