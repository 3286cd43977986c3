"""A need that came in is put before the house's language model, where there is one."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.models import Need
from linli.apps.needs.services.asking import ask_about
from linli.kernel.events import Event, hears
from linli.kernel.jobs import enqueue_once, task


def _listening() -> QuerySet[Need]:
    """Any need where an endpoint is set; otherwise the one that never is, so that no job is made."""
    return Need.objects.all() if settings.LINLI_LANGUAGE_ENDPOINT else Need.objects.filter(pk=UUID(int=0))


@hears("needs.need.receive", where=_listening)
def put_before_the_model(event: Event) -> None:
    """Ask in a job of its own, after what was written is kept. Nothing happens unless an endpoint is set."""
    if settings.LINLI_LANGUAGE_ENDPOINT and event.ref:
        enqueue_once(ask_language_model, str(event.ref.id), key=f"needs.ask:{event.ref.id}")


@task(title=_("Ask the language model what a need is about"), atomic=False)
def ask_language_model(need_id: str) -> str:
    """Returns the code it named, or the word for what went wrong; "" where it is not asked about."""
    hint = ask_about(UUID(need_id))
    if hint is None:
        return ""
    return hint.category.code if hint.category else hint.trouble
