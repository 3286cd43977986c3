"""What ordering does outside a request: months bundled, shifts nobody came to, sheets whose last yuan is paid."""

from datetime import date

from django.utils import timezone

from linli.apps.ordering.models import SheetState, WorkSheet
from linli.apps.ordering.services import mark_missed, settle_paid
from linli.apps.ordering.services.bundling import bundle_month
from linli.apps.places.models import Place
from linli.kernel.events import Event, hears
from linli.kernel.jobs import daily, periodic, task


@periodic(daily(2))
@task(title="标记无人到岗的班次")
def miss_shifts() -> None:
    """Shifts that ended a day ago and to which nobody came."""
    mark_missed(timezone.now())


@hears("ledger.expenditure.pay")
def settle_sheets(event: Event) -> None:
    """A payment may be the last of an accepted sheet."""
    if event.ref is None:
        return
    paid = WorkSheet.objects.filter(state=SheetState.ACCEPTED, contractors__settlements__expenditure=event.ref.id)
    settle_paid(paid.distinct())


@task(title="将点单汇总为制单", atomic=False)
def bundle(place: str, month: str) -> None:
    """Sheets of a community or street for a month (its first day, ISO)."""
    bundle_month(place=Place.objects.get(pk=place), month=date.fromisoformat(month), actor=None)
