"""What is bundled outside a request."""

from datetime import date

from linli.apps.ordering.services.bundling import bundle_month
from linli.apps.places.models import Place
from linli.kernel.jobs import task


@task(title="将点单汇总为制单", atomic=False)
def bundle(place: str, month: str) -> None:
    """Sheets of a community or street for a month (its first day, ISO)."""
    bundle_month(place=Place.objects.get(pk=place), month=date.fromisoformat(month), actor=None)
