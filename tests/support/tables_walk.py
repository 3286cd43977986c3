"""The rows of the walk of all addresses that belong to imports and collections, and the records they need."""

from datetime import timedelta

from django.utils import timezone

from linli.apps.places.models import Place
from linli.kernel.tables import collecting
from linli.kernel.tables.collecting import CollectionUnit
from tests.support.files_walk import FILE_ROWS

TABLE_ROWS = FILE_ROWS | {
    "GET desk/imports/": "302 200 200 200 200 200 200 200 200 200",
    "GET desk/imports/new/playground.shops/": "302 200 200 200 200 200 200 200 200 200",
    "POST desk/imports/new/playground.shops/": "302 422 422 422 422 422 422 422 422 422",
    "GET desk/imports/new/playground.closed/": "302 403 403 403 403 403 403 403 403 403",
    "GET desk/imports/template/playground.shops/": "302 200 200 200 200 200 200 200 200 200",
    "GET desk/imports/{nothing}/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/imports/{nothing}/progress/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/imports/{nothing}/confirm/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/imports/{nothing}/cancel/": "302 404 404 404 404 404 404 404 404 404",
    "POST desk/imports/{nothing}/again/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/imports/{nothing}/bad-rows/": "302 404 404 404 404 404 404 404 404 404",
    "GET desk/collections/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/collections/hand-in/": "302 403 200 200 200 200 403 403 403 403",
    "POST desk/collections/hand-in/": "302 403 422 422 422 422 403 403 403 403",
    "GET desk/collections/new/playground.benches/": "302 403 403 200 200 403 403 403 403 403",
    "POST desk/collections/new/playground.benches/": "302 403 403 422 422 403 403 403 403 403",
    "GET desk/collections/new/rounds.survey/": "302 403 403 200 200 403 403 403 403 403",
    "GET desk/collections/new/nothing/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/collections/{collection}/": "302 403 404 404 200 404 403 403 403 403",
    "POST desk/collections/{collection}/do/remind/": "302 403 404 404 302 404 403 403 403 403",
    "POST desk/collections/{collection}/do/close/": "302 403 404 404 302 404 403 403 403 403",
    "POST desk/collections/{collection}/do/explode/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/collections/{collection}/export/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/collections/{collection}/forms/docx/": "302 403 404 404 200 404 403 403 403 403",
    "GET desk/collections/units/{unit}/": "302 403 200 404 200 404 403 403 403 403",
    "POST desk/collections/units/{unit}/": "302 403 422 404 422 404 403 403 403 403",
    "GET desk/collections/units/{unit}/form/xlsx/": "302 403 200 404 200 404 403 403 403 403",
    "GET desk/collections/units/{unit}/form/pdf/": "302 403 404 404 404 404 403 403 403 403",
    "GET desk/collections/units/{unit}/type/": "302 403 200 404 200 404 403 403 403 403",
    "POST desk/collections/units/{unit}/type/": "302 403 422 404 422 404 403 403 403 403",
    "GET desk/collections/units/{unit}/send-back/": "302 403 403 404 200 404 403 403 403 403",
    "POST desk/collections/units/{unit}/send-back/": "302 403 403 404 422 404 403 403 403 403",
    "POST desk/collections/units/{unit}/accept/": "302 403 302 404 302 404 403 403 403 403",
}


def tables_of(community: Place) -> dict[str, str]:
    """A collection of the street, and the unit of the community in it."""
    assert community.street_id is not None
    due = timezone.now() + timedelta(days=7)
    opened = collecting.open_collection(
        "playground.benches", title="座椅清点", place=community.street_id, due_at=due, actor=None
    )
    unit = CollectionUnit.objects.get(collection=opened, place_id=community.pk)
    return {"collection": str(opened.pk), "unit": str(unit.pk)}
