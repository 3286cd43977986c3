"""Imports as records: only who uploaded one sees it and its file."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.kernel.refs import Kind, register
from linli.kernel.tables.models import Import


def visible_to(rows: QuerySet[Import], actor: Any) -> QuerySet[Import]:
    """An actor's own imports."""
    return rows.none() if actor is None else rows.filter(uploader_id=actor.actor_id)


def _address(batch: Import) -> str:
    return f"/desk/imports/{batch.pk}/"


IMPORT = register(Kind(name="tables.import", model=Import, title=_("Import"), visible_to=visible_to, address=_address))
