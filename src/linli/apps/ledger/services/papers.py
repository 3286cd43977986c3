"""Putting papers and photos with an expenditure, and taking one off that was put there by mistake."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.kinds import papers
from linli.apps.ledger.models import Expenditure, ExpenditurePaper
from linli.apps.ledger.services.expenditure import require_editable
from linli.kernel import files
from linli.kernel.errors import Refusal
from linli.kernel.events import record
from linli.kernel.files import photos
from linli.kernel.files.media import content_type_of
from linli.kernel.files.models import Photo
from linli.kernel.refs import ref_of
from linli.kernel.scope import Actor

PICTURES = frozenset({"photos", "sample"})
"""Papers that show something: a picture among them is a photo of the expenditure."""


def attach_paper(
    expenditure: Expenditure, *, paper: str, upload: Any, actor: Actor | None, at: datetime | None = None
) -> ExpenditurePaper:
    """Put one of the papers its kind asks for with it; a picture of the work becomes a photo of the expenditure.

    Refuses a paper the dictionary does not know.
    """
    if paper not in papers():
        raise Refusal(_("Choose which paper this is."), field="paper")
    require_editable(expenditure, actor)
    owner, is_photo = ref_of(expenditure), paper in PICTURES and content_type_of(upload) in files.IMAGES.types
    with transaction.atomic():
        stored = (
            photos.take_in(upload, owner=owner, actor=actor, at=at)
            if is_photo
            else files.keep(upload, accept=files.PAPERS, owner=owner, actor=actor, at=at)
        )
        row = ExpenditurePaper.objects.create(
            expenditure=expenditure, paper=paper, file_id=stored.pk, is_photo=is_photo, name=stored.name
        )
        facts = {"paper": papers()[paper].title, "file": stored.name}
        record("ledger.expenditure.paper", expenditure, actor=actor, facts=facts, at=at)
    return row


def remove_paper(row: ExpenditurePaper, *, actor: Actor | None, at: datetime | None = None) -> None:
    """Take a paper off that was put there by mistake."""
    require_editable(row.expenditure, actor)
    with transaction.atomic():
        facts = {"paper": papers()[row.paper].title, "file": row.name}
        if row.is_photo:
            for photo in Photo.objects.filter(pk=row.file_id):
                photos.forget(photo, actor=actor)
        else:
            files.forget(row.file_id)
        record("ledger.expenditure.remove_paper", row.expenditure, actor=actor, facts=facts, at=at)
        row.delete()
