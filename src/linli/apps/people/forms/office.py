"""The shape of what is entered about accounts, posts, substitutes, absences, handovers and skills."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.people.kinds import skills
from linli.apps.people.models import AbsenceKind, ItemKind, User
from linli.apps.places.models import Place
from linli.kernel.scope import Role

NOT_COUNTED = _("The first day on which it no longer holds; left empty, until it is ended.")


def day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """A day, chosen in the browser's own calendar."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class UserField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic only for the type checker
    """An account, named together with its user name, so that two of one name stand apart."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj.name}（{obj.username}）"


class AccountForm(forms.Form):
    """What is put right on an account."""

    name = forms.CharField(label=_("Name of the person"), max_length=80)
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=20,
        required=False,
        help_text=_("Kept sealed and shown masked. Who has one may sign in by it."),
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    staff_number = forms.CharField(
        label=_("Staff number"),
        max_length=40,
        required=False,
        help_text=_(
            "As the identity service has it. Who comes from there with this number is signed in to this account."
        ),
    )


class NewAccountForm(AccountForm):
    """A first entry; the password is made by the house and shown once."""

    username = forms.CharField(
        label=_("User name"), max_length=60, help_text=_("Letters, digits, dots: what the person signs in with.")
    )
    field_order = ("username",)


class NewPostForm(forms.Form):
    """A role at one place or one organization."""

    user = UserField(User.objects.none(), label=_("Person"), empty_label="—")
    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place of the post"), required=False, empty_label="—")
    organization = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("Organization of the post"),
        required=False,
        empty_label="—",
        help_text=_("A post is held at one place or at one organization: choose one of the two."),
    )
    started_on = day(_("Since"))
    term_ends_on = day(
        _("Term runs until"),
        required=False,
        help_text=_(
            "The last day as planned. Thirty days before, the holder and you are told; nothing ends by itself."
        ),
    )

    def __init__(
        self,
        *args: Any,
        users: QuerySet[User],
        places: QuerySet[Place],
        organizations: QuerySet[Organization],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("user", users), ("place", places), ("organization", organizations)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows
        for name in ("place", "organization"):
            self.fields[name].one_of_several = True  # type: ignore[attr-defined]  # read by <c-field>: no "(optional)"


class TermForm(forms.Form):
    term_ends_on = day(_("Term runs until"), required=False, help_text=_("Left empty: no term."))


class EndForm(forms.Form):
    ended_on = day(_("First day without the post"), help_text=_("Today or a day before; never ahead."))


class OfficeForm(forms.Form):
    """What a role is called somewhere from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    place = forms.ModelChoiceField(Place.objects.none(), label=_("Place"), empty_label=None)
    title = forms.CharField(label=_("Title of the office"), max_length=40)
    valid_from = day(_("First day"), help_text=_("Papers of the days before keep the old title."))

    def __init__(self, *args: Any, places: QuerySet[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.ModelChoiceField(places, label=_("Place"), empty_label=None)


class SubstituteForm(forms.Form):
    deputy = UserField(User.objects.none(), label=_("Substitute"))
    valid_from = day(_("First day"))
    valid_to = day(_("Until"), required=False, help_text=NOT_COUNTED)

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"] = UserField(users, label=_("Substitute"))


class AbsenceForm(forms.Form):
    """Who is away, from when to when; why is one word."""

    user = UserField(User.objects.none(), label=_("Person"), empty_label=None)
    kind = forms.ChoiceField(label=_("Kind"), choices=AbsenceKind.choices)
    first_day = day(_("First day"))
    last_day = day(_("Last day"), help_text=_("The last day away; it counts."))

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = UserField(users, label=_("Person"), empty_label=None)


class HandoverForm(forms.Form):
    taker = UserField(User.objects.none(), label=_("Takes over"))
    witness = UserField(User.objects.none(), label=_("Witness of the handover"))
    moves_post = forms.BooleanField(
        label=_("The post passes on too: it ends for the one and begins for the other on the same day"), required=False
    )

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taker"] = UserField(users, label=_("Takes over"))
        self.fields["witness"] = UserField(users, label=_("Witness of the handover"))


class ItemForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices, initial=ItemKind.SEAL)
    title = forms.CharField(label=_("What"), max_length=200)
    progress = forms.CharField(label=_("How far"), max_length=200, required=False)
    remark = forms.CharField(label=_("Remark"), max_length=200, required=False)


class SkillForm(forms.Form):
    user = UserField(User.objects.none(), label=_("Person"), empty_label=None)
    skill = forms.ChoiceField(label=_("Skill"))
    certificate = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    valid_from = day(_("Valid from"))
    valid_to = day(_("Expires on"), required=False, help_text=NOT_COUNTED)
    evidence = forms.FileField(label=_("Evidence"), required=False, help_text=_("A picture or scan of the paper."))

    def __init__(self, *args: Any, users: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = UserField(users, label=_("Person"), empty_label=None)
        groups: dict[str, list[tuple[str, str]]] = {}
        for word in skills().values():
            groups.setdefault(word.group, []).append((word.code, word.title))
        self.fields["skill"] = forms.ChoiceField(label=_("Skill"), choices=list(groups.items()))
