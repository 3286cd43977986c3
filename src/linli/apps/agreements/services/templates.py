"""Taking a street's own Word template: checked, tried with sample data, kept as the next version."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.agreements.models import AgreementTemplate
from linli.apps.agreements.permissions import keeps_templates
from linli.apps.agreements.queries.text import FIELDS, SAMPLE
from linli.apps.places.models import Place
from linli.kernel import documents, files
from linli.kernel.errors import NotAllowed
from linli.kernel.events import record
from linli.kernel.files.media import DOCX
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor, clock

WORD = files.Accept("templates", frozenset({DOCX}), 5 * 2**20)


def add_template(*, street: Place, upload: Any, actor: Actor | None, at: datetime | None = None) -> AgreementTemplate:
    """The next version of a street's template.

    Refused with a sentence: another kind of file, macros, links to outside, anything but the declared fields.
    """
    when = at or timezone.now()
    row = AgreementTemplate(street=street, added_at=when)
    if not (clock | keeps_templates)(actor, row):
        raise NotAllowed(_("Only the section in charge of this street does this."))
    upload.seek(0)
    documents.render_docx(upload.read(), SAMPLE, declared=FIELDS)
    upload.seek(0)
    with transaction.atomic():
        stored = files.keep(upload, accept=WORD, owner=ref_of(row), actor=actor, at=when)
        last = AgreementTemplate.objects.filter(street=street).aggregate(last=Max("version"))["last"] or 0
        row.version, row.file_id, row.sha256 = last + 1, stored.pk, stored.sha256
        row.save(force_insert=True)
        facts = {"version": row.version, "sha256": row.sha256[:16]}
        record("agreements.template.add", row, actor=actor, facts=facts, at=when)
    return row
