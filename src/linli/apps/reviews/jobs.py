"""What reviews do outside the request: the proof of a timetable."""

from django.utils.translation import gettext_lazy as _

from linli.apps.reviews.services import timetable
from linli.kernel.jobs import report_progress, task


@task(title=_("Prove a timetable"), atomic=False)
def prove_timetable(timetable_id: str, version: int) -> None:
    """Better the timetable or prove that nothing better exists; only while nobody changed it."""
    report_progress(1, 10)
    timetable.prove(timetable_id, version)
    report_progress(10, 10)
