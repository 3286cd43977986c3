"""Forms of those on watch."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from linli.apps.needs.permissions import KEEPERS
from linli.apps.needs.queries.watching import STANDING
from linli.apps.people.models import Post, User
from linli.apps.places.models import Place
from linli.kernel.scope import Actor


class AlarmForm(forms.Form):
    """What was done about a danger."""

    done = forms.CharField(
        label=_("How was it dealt with?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: rang the resident, 119 is on its way, two of us went there."),
    )  # fmt: skip


class WatchForm(forms.Form):
    """Who is on watch, where, from when to when."""

    place = forms.ModelChoiceField(queryset=Place.objects.none(), label=_("Place"), empty_label=_("Choose"))
    user = forms.ModelChoiceField(queryset=User.objects.none(), label=_("Person"), empty_label=_("Choose"))
    day = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=_("From what time"), widget=forms.TimeInput(attrs={"type": "time"}))
    hours = forms.IntegerField(label=_("For how many hours"), min_value=1, max_value=168, initial=24)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = actor.reach(*KEEPERS).places
        posts = Post.objects.in_force(timezone.localdate()).filter(place__in=here, role__in=STANDING).order_by()
        place, user = self.fields["place"], self.fields["user"]
        assert isinstance(place, forms.ModelChoiceField)
        assert isinstance(user, forms.ModelChoiceField)
        place.queryset = Place.objects.filter(pk__in=here, level__in=("street", "community", "village")).order_by(
            "code"
        )
        user.queryset = User.objects.filter(pk__in=posts.values("user"), is_active=True).order_by("name", "pk")

    def hours_given(self) -> tuple[datetime, datetime]:
        """From when to when."""
        given = self.cleaned_data
        starts = timezone.make_aware(datetime.combine(given["day"], given["time"]))
        return starts, starts + timedelta(hours=given["hours"])
