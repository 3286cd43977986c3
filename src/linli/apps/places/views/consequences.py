"""What a change would take along, in sentences, before anybody confirms it."""

from typing import Any

from django.utils.translation import gettext as _

from linli.apps.places.models import Place
from linli.apps.places.queries.history import Below
from linli.kernel.ui.words import long_date

NAMED = 12


def told(verb: str, place: Place, form: Any, below: Below) -> list[str]:
    """The sentences, the most important first."""
    data = form.cleaned_data
    first = {
        "rename": lambda: [
            _("%(old)s will be called %(new)s from %(day)s.")
            % {"old": place.name, "new": data["name"], "day": long_date(data["on"])}
        ],
        "recode": lambda: [
            _("The code changes from %(old)s to %(new)s on %(day)s.")
            % {"old": place.code, "new": data["code"], "day": long_date(data["on"])}
        ],
        "end": lambda: [
            _("%(name)s ends on %(day)s; nothing succeeds it.") % {"name": place.name, "day": long_date(data["on"])}
        ],
        "merge": lambda: _merge(form),
        "split": lambda: _split(form, place),
    }[verb]()
    rest = _below(verb, below)
    return [*first, *rest, *_elsewhere(verb)]


def _merge(form: Any) -> list[str]:
    gone, target = "、".join(one.name for one in form.merged()), form.target()
    day = long_date(form.cleaned_data["on"])
    return [_("%(gone)s end on %(day)s and become %(name)s.") % {"gone": gone, "day": day, "name": target.name}]


def _split(form: Any, place: Place) -> list[str]:
    parts = form.parts()
    names = "、".join(part.name for part in parts)
    day = long_date(form.cleaned_data["on"])
    text = (
        _("%(names)s come out of %(name)s on %(day)s; %(name)s goes on.")
        if form.cleaned_data["keep"]
        else _("%(name)s ends on %(day)s and becomes %(names)s.")
    )
    told = [text % {"names": names, "name": place.name, "day": day}]
    labels = {one.pk: str(one) for one in form.shared}
    for number, part in enumerate(parts):
        mine = [labels[key] for key, wanted in form.shares().items() if wanted == number]
        if mine:
            told.append(_("%(what)s go to %(name)s.") % {"what": "、".join(mine), "name": part.name})
    rest = place.name if form.cleaned_data["keep"] else parts[0].name
    return [*told, _("All the rest goes to %(name)s.") % {"name": rest}]


def _below(verb: str, below: Below) -> list[str]:
    if not below:
        return [_("Nothing lies below it.")]
    counts = _(
        "Below it lie %(places)s places, %(estates)s estates, %(buildings)s buildings and %(households)s households."
    ) % {
        "places": len(below.places),
        "estates": len(below.estates),
        "buildings": below.buildings,
        "households": below.households,
    }
    fate = {
        "rename": _("They stay as they are."),
        "recode": _("They stay; the codes of the places below change with it, and the old codes are kept."),
        "end": _("They end with it on the same day."),
        "merge": _("They go along; places below get codes of the new one, and the old codes are kept."),
        "split": _("They go along; places below get codes of the new one, and the old codes are kept."),
    }[verb]
    names = "、".join(one.name for one in below.places[:NAMED])
    if len(below.places) > NAMED:
        names += "……"
    return [counts + fate, *([_("Places below: %(names)s.") % {"names": names}] if names else [])]


def _elsewhere(verb: str) -> list[str]:
    if verb in {"rename", "recode"}:
        return []
    if verb == "merge":
        return [
            _("Posts, organizations and the roster go along; what cannot is shown as a task of the street's officer.")
        ]
    return [_("Posts and organizations that stay behind are shown as a task of the street's officer.")]
