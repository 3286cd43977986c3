"""Taking a street's own slides: checked like every uploaded template, tried with sample data, kept by version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from linli.apps.places.models import Place
from linli.apps.projects.models import SlideTemplate
from linli.apps.projects.permissions import keeps_projects
from linli.apps.projects.queries.closing.deck import SAMPLE, filled
from linli.apps.projects.services.keeping import require
from linli.kernel import files
from linli.kernel.events import record
from linli.kernel.files.media import PPTX
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

SLIDES = files.Accept("slides", frozenset({PPTX}), 10 * 2**20)


def add_slides(*, street: Place, upload: Any, actor: Actor | None, at: datetime | None = None) -> SlideTemplate:
    """The next version of a street's slides.

    Refused with a sentence: another kind of file, macros, links to outside, a placeholder nobody declared.
    """
    when = at or timezone.now()
    row = SlideTemplate(street=street, added_at=when)
    require(keeps_projects, actor, row)
    upload.seek(0)
    filled(upload.read(), SAMPLE)
    upload.seek(0)
    with transaction.atomic():
        stored = files.keep(upload, accept=SLIDES, owner=ref_of(row), actor=actor, at=when)
        last = SlideTemplate.objects.filter(street=street).aggregate(last=Max("version"))["last"] or 0
        row.version, row.file_id, row.sha256 = last + 1, stored.pk, stored.sha256
        row.save(force_insert=True)
        record("projects.slides.add", row, actor=actor, facts={"version": row.version}, at=when)
    return row
