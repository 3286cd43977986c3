"""Categories, routing rules and templates of answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.forms.choosing import CategoryField, words
from linli.apps.needs.models import AnswerTemplate, Category, Channel, CommunityPart, Limit, Outcome, Route, Sensitivity
from linli.apps.organizations.models import Organization, OrganizationStatus
from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.kernel.scope import Role


class CategoryKeepForm(forms.Form):
    code = forms.CharField(label=_("Category code"), max_length=24)
    parent = CategoryField(label=_("Part of"), required=False)
    name = forms.CharField(label=_("Name"), max_length=60)
    limit = forms.ChoiceField(label=_("Official limit"), choices=Limit, widget=forms.RadioSelect)
    community_part = forms.ChoiceField(
        label=_("Part of the community"), choices=CommunityPart, widget=forms.RadioSelect,
        help_text=_("What is not on the community's list goes to it only with the street's approval."),
    )  # fmt: skip
    sensitivity = forms.ChoiceField(
        label=_("Sensitive kind"), choices=[("", _("Ordinary")), *Sensitivity.choices], required=False,
        help_text=_("Open to the people named in it only, and in no search."),
    )  # fmt: skip
    hint = forms.CharField(label=_("What belongs here"), max_length=200, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *given: Any, category: Category | None = None, **options: Any) -> None:
        super().__init__(*given, **options)
        if category is not None:
            for name in ("code", "parent"):
                del self.fields[name]
            shown = ("name", "limit", "community_part", "sensitivity", "hint", "is_active")
            self.initial = {name: getattr(category, name) for name in shown} | dict(self.initial)


class RuleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80)
    category = CategoryField(label=_("Category, or below it"), required=False, empty_label=_("Any"))
    within = forms.ModelChoiceField(
        Place.objects.none(), label=_("Place, or below it"), required=False, empty_label=_("Any")
    )
    channel = forms.ChoiceField(
        label=_("How it came in"), choices=[("", _("Any")), *Channel.choices], required=False
    )  # fmt: skip
    words = forms.CharField(
        label=_("Contains one of these words"), max_length=200, required=False, help_text=_("Parted by blanks.")
    )
    route = forms.ChoiceField(label=_("Route"), choices=Route, widget=forms.RadioSelect, initial=Route.FORWARD)
    place = forms.ModelChoiceField(
        Place.objects.none(), label=_("Goes to the place"), required=False, empty_label=_("the community it lies in")
    )
    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("Goes to the organization"), required=False, empty_label="—"
    )
    user = forms.ModelChoiceField(User.objects.none(), label=_("Person there"), required=False, empty_label="—")

    def __init__(self, *given: Any, street: Place, **options: Any) -> None:
        super().__init__(*given, **options)
        inside = Place.objects.filter(paths_up__ancestor=street, valid_to__isnull=True).order_by("code")
        near = Organization.objects.filter(place__street=street, status=OrganizationStatus.ACTIVE).order_by("name")
        posts = Post.objects.filter(ended_on__isnull=True, place__in=inside.values("pk")).exclude(role=Role.RESIDENT)
        self._offer("within", inside)
        self._offer("place", inside)
        self._offer("organization", near)
        self._offer(
            "user", User.objects.filter(pk__in=posts.order_by().values("user"), is_active=True).order_by("name")
        )

    def _offer(self, name: str, rows: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class TemplateForm(forms.Form):
    outcome = forms.ChoiceField(label=_("What came of it"), choices=Outcome, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=60)
    text = words(
        _("What the resident reads"), 4000, 5,
        help_text=_("{编号} {时间} {地点} {事项} {类别} {承办单位} {联系时间} {承诺时间} are filled from the need."),
    )  # fmt: skip
    official = words(_("Answer in the fixed wording"), 6000, 5, required=False)
    is_active = forms.BooleanField(label=_("In use"), required=False, initial=True)

    def __init__(self, *given: Any, template: AnswerTemplate | None = None, **options: Any) -> None:
        super().__init__(*given, **options)
        if template is not None:
            shown = ("outcome", "title", "text", "official", "is_active")
            self.initial = {name: getattr(template, name) for name in shown} | dict(self.initial)
