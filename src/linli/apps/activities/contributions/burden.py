"""What activities ask of communities, for the burden page."""

from django.utils.translation import gettext_lazy as _

from linli.apps.activities.forms.counting import HeadCountForm
from linli.apps.activities.forms.planning import PlanForm
from linli.apps.activities.models import Activity, HeadCount
from linli.kernel.contributions import AskedForm
from linli.kernel.contributions import contribute as add

ASKED = (
    AskedForm(
        "activities.plan",
        _("Activities"),
        _("Plan an activity"),
        lambda: (PlanForm,),
        Activity.objects.all,
        "place",
        "planned_at",
        photos="activities.activity",
    ),
    AskedForm(
        "activities.count",
        _("Activities"),
        _("Count who came"),
        lambda: (HeadCountForm,),
        HeadCount.objects.all,
        "occurrence__activity__place",
        "counted_at",
    ),
)


def contribute() -> None:
    """Called once, when the house starts."""
    add(*ASKED)
