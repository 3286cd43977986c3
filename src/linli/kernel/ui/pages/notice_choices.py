"""What a person wants to be told by which way, when not, and by which other way if one fails."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from linli.kernel import notices
from linli.kernel.errors import Refusal
from linli.kernel.notices.choices import Choice
from linli.kernel.scope import Actor, permission, signed_in
from linli.kernel.scope.doors import actor_of


class ChoicesForm(forms.Form):
    """A row for every kind: one tick where there is one way, a tick for each where there are several."""

    def __init__(self, *args: Any, choices: list[Choice], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds: dict[str, list[Choice]] = {}
        for choice in choices:
            self.kinds.setdefault(choice.kind.name, []).append(choice)
        self.rows = {f"choice{number}": rows for number, rows in enumerate(self.kinds.values())}
        for name, rows in self.rows.items():
            self.fields[name] = self._field(rows)

    def _field(self, rows: list[Choice]) -> forms.Field:
        first = rows[0]
        if len(rows) == 1:
            label = _("%(kind)s by %(way)s") % {"kind": first.kind.title, "way": first.door.title}
            return forms.BooleanField(label=label, required=False, initial=first.on)
        return forms.MultipleChoiceField(
            label=str(first.kind.title),
            required=False,
            choices=[(row.door.name, row.door.title) for row in rows],
            initial=[row.door.name for row in rows if row.on],
            widget=forms.CheckboxSelectMultiple,
        )

    def changes(self) -> list[tuple[str, str, bool]]:
        """What was ticked otherwise than it is: kind, way, whether it is on now."""
        found: list[tuple[str, str, bool]] = []
        for name, rows in self.rows.items():
            value = self.cleaned_data[name]
            wanted = {rows[0].door.name} if value is True else set(value or ())
            ticked = ((row, row.door.name in wanted) for row in rows)
            found += [(row.kind.name, row.door.name, on) for row, on in ticked if on != row.on]
        return found


class WishForm(forms.Form):
    """Quiet hours, and the way to take when another fails."""

    quiet_from = forms.TimeField(label=_("Quiet hours begin at"), required=False)
    quiet_until = forms.TimeField(label=_("Quiet hours end at"), required=False)
    instead = forms.ChoiceField(label=_("If one way does not work, tell me by"), required=False)

    def __init__(self, *args: Any, ways: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["instead"].choices = [("", _("no other way")), *((way.name, way.title) for way in ways)]  # type: ignore[attr-defined]  # a ChoiceField
        for name in ("quiet_from", "quiet_until"):
            self.fields[name].widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def me(request: HttpRequest) -> Actor:
    """Who is signed in."""
    actor = actor_of(request)
    assert actor is not None  # the door lets only people in who are signed in
    return actor


def free_choices(actor: Actor) -> list[Choice]:
    """The choices that are the actor's to make."""
    return [choice for choice in notices.choices_of(actor) if choice.free]


def forms_of(actor: Actor) -> dict[str, forms.Form | None]:
    """Both forms as the actor has them now; no wishes where nothing leaves the house for him."""
    ways = notices.ways_to(actor)
    wish = notices.wishes_of([actor.actor_id]).get(actor.actor_id)
    kept = {name: getattr(wish, name, None) for name in ("quiet_from", "quiet_until", "instead")}
    return {
        "form": ChoicesForm(choices=free_choices(actor)),
        "wishes": WishForm(ways=ways, initial=kept) if ways else None,
    }


@permission(signed_in)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep what the reader wants by which way."""
    actor = me(request)
    form = ChoicesForm(request.POST, choices=free_choices(actor))
    if form.is_valid():
        try:
            notices.choose_all(form.changes(), actor=actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Your choice is kept."))
    return redirect("ui:notices")


@permission(signed_in)
@require_POST
def wish(request: HttpRequest) -> HttpResponse:
    """Keep the reader's quiet hours and other way."""
    actor = me(request)
    form = WishForm(request.POST, ways=notices.ways_to(actor))
    if not form.is_valid():
        messages.error(request, _("Write the hours like 21:00."))
        return redirect("ui:notices")
    try:
        notices.wish(**form.cleaned_data, actor=actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Your choice is kept."))
    return redirect("ui:notices")
