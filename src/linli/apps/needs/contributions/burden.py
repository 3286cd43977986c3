"""What needs ask of communities, for the burden page."""

from django.utils.translation import gettext_lazy as _

from linli.apps.needs.forms.entering import EntryForm
from linli.apps.needs.forms.verbs import AnswerForm, ContactForm
from linli.apps.needs.forms.whistles import WhistleForm
from linli.apps.needs.models import Answer, ContactAttempt, Need, Whistle
from linli.kernel.contributions import AskedForm
from linli.kernel.contributions import contribute as add

ASKED = (
    AskedForm(
        "needs.entry",
        _("Needs"),
        _("Enter a need"),
        lambda: (EntryForm,),
        lambda: Need.objects.filter(entered_by__isnull=False),
        "place",
        "received_at",
        photos="needs.need",
    ),
    AskedForm(
        "needs.contact",
        _("Needs"),
        _("Note a contact"),
        lambda: (ContactForm,),
        ContactAttempt.objects.all,
        "need__place",
        "at",
    ),
    AskedForm(
        "needs.answer",
        _("Needs"),
        _("Answer a need"),
        lambda: (AnswerForm,),
        Answer.objects.all,
        "need__place",
        "written_at",
    ),
    AskedForm(
        "needs.whistle",
        _("Needs"),
        _("Whistle"),
        lambda: (WhistleForm,),
        Whistle.objects.all,
        "place",
        "drafted_at",
    ),
)


def contribute() -> None:
    """Called once, when the house starts."""
    add(*ASKED)
