"""The shape of what is asked and answered about a person's own data."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import ConsentText, Given, RequestKind


class OwnDataForm(forms.Form):
    """What the account itself may put right at once."""

    name = forms.CharField(label=_("Name or nickname"), max_length=80)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=30,
        required=False,
        help_text=_("A new number counts as not proved until somebody rings it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)


class AskForm(forms.Form):
    """One request, in the person's own words where words are needed."""

    kind = forms.ChoiceField(label=_("What would you like?"), choices=RequestKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("In your own words"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For example: my date of birth is wrong; or: I moved away."),
    )

    def __init__(self, *args: Any, without: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(value, label) for value, label in RequestKind.choices if value not in without]
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # declared above
        kind.choices = kinds


class AskForForm(AskForm):
    """A request a worker enters for somebody else."""

    relation = forms.CharField(
        label=_("Who asks for whom"), max_length=60, help_text=_("For example: himself, at the counter; her daughter.")
    )
    consent_note = forms.CharField(
        label=_("How did the person agree?"),
        max_length=200,
        help_text=_("For example: signed on paper, kept in the folder of the community; said so at home."),
    )
    field_order = ("relation", "consent_note", "kind", "text")


class AnswerForm(forms.Form):
    """The answer to a request."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Answer, as the person reads it"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class TextField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """A version of a consent, told by its purpose and number."""

    def label_from_instance(self, obj: ConsentText) -> str:
        return _("%(purpose)s (version %(version)s)") % {
            "purpose": obj.get_purpose_display(),
            "version": obj.version,
        }


class PaperConsentForm(forms.Form):
    """What a person of the roster signed or said."""

    text = TextField(ConsentText.objects.none(), label=_("What the person agreed to"), empty_label=None)
    how = forms.ChoiceField(
        label=_("How was it said?"),
        choices=[(one.value, one.label) for one in (Given.PAPER, Given.SPOKEN)],
        widget=forms.RadioSelect,
    )
    scan = forms.FileField(
        label=_("Scan of the paper"),
        required=False,
        help_text=_("A picture or scan of the signed paper; whoever keeps this roster may open it."),
    )

    def __init__(self, *args: Any, texts: QuerySet[ConsentText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = TextField(
            texts, label=_("What the person agreed to"), empty_label=None, widget=forms.RadioSelect
        )


class PassOnForm(forms.Form):
    """That data of one person went to somebody outside."""

    to_whom = forms.CharField(
        label=_("To whom"), max_length=120, help_text=_("Name of the body, and of whoever answers for it there.")
    )
    what = forms.CharField(label=_("Which data"), max_length=200)
    why = forms.CharField(label=_("What for"), max_length=200)
    law = forms.CharField(
        label=_("By which law"),
        max_length=200,
        required=False,
        help_text=_("Only where a law orders it. Without one the person must have agreed to be passed on."),
    )
