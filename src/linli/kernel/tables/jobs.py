"""Imports run outside the request."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.kernel.jobs import daily, periodic, report_progress, task
from linli.kernel.tables import importing, staging
from linli.kernel.tables.models import Import


@task(title=_("Read an uploaded table"), atomic=False)
def read_import(import_id: str) -> bool:
    """Returns whether it is ready to check."""
    return staging.read(UUID(import_id), progress=report_progress)


@task(title=_("Take over an imported table"), atomic=False, priority=5)
def commit_import(import_id: str) -> bool:
    """Returns whether it was taken over by this call."""
    return importing.commit(UUID(import_id))


@task(title=_("Forget the rows of a cancelled import"), atomic=False)
def clear_import(import_id: str) -> None:
    staging.clear(Import.objects.get(pk=UUID(import_id)))


@periodic(daily(3, 20))
@task(title=_("Forget old imports"), atomic=False)
def forget_imports() -> int:
    """Returns how many imports were forgotten."""
    return importing.forget_old()
