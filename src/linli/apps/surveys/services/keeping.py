"""What the verbs of surveys share: who may, which state, one writer at a time."""

from django.utils.translation import gettext_lazy as _

from linli.apps.surveys.models import Survey, SurveyState
from linli.apps.surveys.permissions import keeps_surveys
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.scope import Actor

NOT_YOURS = _("You may not do this here. Ask whoever is responsible for this place.")
SENTENCES = {
    SurveyState.DRAFT: _("The survey was opened; what is asked and whom stays as it is."),
    SurveyState.OPEN: _("This survey takes no answers now."),
    SurveyState.CLOSED: _("This survey is not counted yet."),
}


def require_keeper(actor: Actor | None, survey: Survey) -> None:
    """Refuse whoever does not keep surveys of this place. Raises NotAllowed."""
    if not keeps_surveys(actor, survey):
        raise NotAllowed(NOT_YOURS)


def hold(survey: Survey, state: str) -> None:
    """Let one after the other in, inside the verb's transaction, while the survey is in ``state``. Raises Conflict."""
    if not Survey.objects.filter(pk=survey.pk, state=state).update(state=state):
        raise Conflict(SENTENCES[SurveyState(state)], code=f"not-{state}")
    survey.refresh_from_db()
