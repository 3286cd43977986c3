"""What needs do outside the request."""

from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import TicketFile
from linli.apps.needs.services import importing
from linli.kernel.jobs import daily, periodic, report_progress, task
from linli.kernel.scope.sources import Door, Source, coming_through


@task(title=_("Take over an export of tickets"), atomic=False, priority=5)
def take_over_export(file_id: str) -> bool:
    """Returns whether the export was taken over; safe to run again, each row is taken over once."""
    file = TicketFile.objects.get(pk=UUID(file_id))
    assert file.uploader_id is not None  # what the command line takes over, it takes over at once
    actor: Any = get_user_model().objects.get(pk=file.uploader_id)
    with translation.override(file.language), coming_through(Source(Door.IMPORT, file.file_name)):
        return importing.run(file.pk, actor=actor, progress=report_progress).state == "done"


@periodic(daily(3, 50))
@task(title=_("Forget old exports of tickets"), atomic=False)
def forget_exports() -> int:
    """Returns how many files were forgotten."""
    return importing.forget_old()
