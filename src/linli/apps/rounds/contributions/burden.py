"""What rounds ask of communities, for the burden page."""

from django.utils.translation import gettext_lazy as _

from linli.apps.rounds.forms.proposals import (
    BasicsForm,
    BudgetForm,
    GoalsForm,
    NeedForm,
    ProposersForm,
    StartForm,
    WorkForm,
)
from linli.apps.rounds.models import Proposal
from linli.kernel.contributions import AskedForm
from linli.kernel.contributions import contribute as add

SECTIONS = (StartForm, BasicsForm, NeedForm, GoalsForm, WorkForm, BudgetForm, ProposersForm)
ASKED = (
    AskedForm(
        "rounds.proposal",
        _("Rounds"),
        _("Enter a proposal"),
        lambda: SECTIONS,
        Proposal.objects.all,
        "place",
        "submitted_at",
        photos="rounds.proposal",
    ),
)


def contribute() -> None:
    """Called once, when the house starts."""
    add(*ASKED)
