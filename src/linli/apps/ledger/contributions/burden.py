"""What the ledger asks of communities, for the burden page."""

from django.utils.translation import gettext_lazy as _

from linli.apps.ledger.forms.spending import ExpenditureForm
from linli.apps.ledger.models import Expenditure
from linli.kernel.contributions import AskedForm
from linli.kernel.contributions import contribute as add

ASKED = (
    AskedForm(
        "ledger.expenditure",
        _("Money"),
        _("Hand in an expenditure"),
        lambda: (ExpenditureForm,),
        Expenditure.objects.all,
        "spender__place",
        "drafted_at",
        photos="ledger.expenditure",
    ),
)


def contribute() -> None:
    """Called once, when the house starts."""
    add(*ASKED)
