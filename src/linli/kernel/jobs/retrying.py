"""Giving a failed job another chance."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.kernel import audit
from linli.kernel.errors import Conflict
from linli.kernel.jobs.models import Job, State
from linli.kernel.refs import Ref
from linli.kernel.scope.actors import Actor

audit.register_action("jobs.job.retry", _("put a failed job back in the queue"), words={"title": _("job")})


@transaction.atomic
def retry(job_id: UUID, *, actor: Actor | None) -> None:
    """Put a failed job back in the queue with all its attempts. Raises Conflict when it is not failed (any more)."""
    changed = Job.objects.filter(pk=job_id, state=State.FAILED).update(
        state=State.WAITING, attempts=0, run_after=None, error="", finished_at=None
    )
    if not changed:
        raise Conflict(_("This job is not among the failed ones any more. Reload the page to see its state."))
    job = Job.objects.get(pk=job_id)
    audit.record("jobs.job.retry", Ref("jobs.job", job_id), actor=actor, facts={"title": str(job)})
