"""Nothing watches, ranks or scores a person, and everybody may complain (rules.md §0, requirements.md, top)."""

import importlib
import re
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from linli.kernel.contributions.starting import holds_personal_data
from linli.kernel.errors import NotAllowed
from linli.kernel.ui import feedback
from linli.kernel.ui.models import Feedback

HOUSE = Path(__file__).resolve().parents[1] / "src" / "linli"

FIGURES_ALLOWED = {
    "version": "counts edits of a text, settles races",
    "attempts": "counts tries of a machine",
    "failures": "counts failures of a machine's address",
    "size": "bytes of a file",
    "grade": "how an identity was proved: it follows from the way of proving, nobody assesses it",
    "telephones": "how many telephones are known, so that a worker finds those who can only be visited",
    "number": "counts revisions, plans and decisions in their order",
    "needs.RoutingRule.position": "the order in which rules are asked",
    "needs.RoutingRule.tried_version": "counts edits of a rule",
    "needs.RoutingRule.tried_on": "how many past needs a rule was tried on",
    "needs.RoutingRule.would_change": "how many past needs would have gone elsewhere",
    "needs.Alarm.told": "how many people were told of a danger",
    "ledger.LabourFee.times": "days or sessions a fee is paid for, as the tax office asks",
    "ledger.LabourFee.each": "money for one day or session",
    "ledger.LabourFee.tax": "money withheld for the tax office",
    "rounds.Opening.counted": "how many proposals lay there when the seals were opened",
    "rounds.Proposal.asked": "money a project asks for",
    "rounds.Proposal.own": "money its proposers add",
    "rounds.Proposal.beneficiary_count": "how many a project is for",
    "rounds.OfficeView.approved": "money an office would approve for a project",
    "rounds.Supporter.count": "how many stand on a list of supporters",
    "rounds.AllocationPlan.pot": "money a plan divides",
    "rounds.AllocationPlan.left": "money a plan leaves",
    "rounds.TypedBallot.turn": "which of two typings of a ballot paper",
    "rounds.ProposerShare.share": "which part of a project a proposer carries",
    "ordering.Order.year": "part of the number of an order",
    "ordering.Order.serial": "part of the number of an order",
    "ordering.Order.quantity": "how many haircuts, meals or hours are ordered",
    "surveys.TypedPaper.turn": "which of two typings of a paper",
}
"""Number columns that may stand in a table with a person's data, each with its reason."""

WATCHING = (
    "latitude",
    "longitude",
    "location",
    "position",
    "track",
    "steps",
    "score",
    "points",
    "rank",
    "rating",
    "online_seconds",
    "last_login_ip",
)
"""Parts of column names that would measure or follow a person."""

FORBIDDEN_WORDS = ("排名", "积分", "打卡", "在线时长", "轨迹", "排行榜", "末位", "龙虎榜")
"""Words of pages that rank, score or track people."""


def _personal_models() -> list[type[models.Model]]:
    return [
        model for model in apps.get_models() if model.__module__.startswith("linli.") and holds_personal_data(model)
    ]


TEXTS_ALLOWED = {
    "rounds.Proposal.steps": "what a project does, in words",
    "needs.RoutingRule.position": "the order in which rules are asked",
}
"""Columns that only sound as if they followed a person."""


def _numbers(model: type[models.Model]) -> list[str]:
    kinds = (models.IntegerField, models.FloatField, models.DecimalField)
    return [field.name for field in model._meta.concrete_fields if isinstance(field, kinds)]


def test_it_sees_the_tables_that_hold_a_persons_data() -> None:
    assert "people.User" in [model._meta.label for model in _personal_models()]


@pytest.mark.parametrize("model", _personal_models(), ids=lambda model: model._meta.label)
def test_it_keeps_no_figure_about_a_person(model: type[models.Model]) -> None:
    label = model._meta.label
    assert [name for name in _numbers(model) if not {name, f"{label}.{name}"} & FIGURES_ALLOWED.keys()] == []


@pytest.mark.parametrize("model", _personal_models(), ids=lambda model: model._meta.label)
def test_it_keeps_no_track_of_a_person(model: type[models.Model]) -> None:
    label = model._meta.label
    names = [one.name for one in model._meta.concrete_fields if f"{label}.{one.name}" not in TEXTS_ALLOWED]
    assert [name for name in names if any(part in re.split(r"_", name) for part in WATCHING)] == []


def _texts() -> list[Path]:
    return sorted([*HOUSE.rglob("templates/**/*.html"), *HOUSE.rglob("locale/zh_Hans/**/*.po")])


@pytest.mark.parametrize("path", _texts(), ids=lambda path: str(path.relative_to(HOUSE)))
def test_it_speaks_of_no_ranking_scoring_or_tracking(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [word for word in FORBIDDEN_WORDS if word in text] == []


def test_it_asks_browsers_for_no_position() -> None:
    own = [path for path in HOUSE.rglob("static/**/*.js") if "vendor" not in path.parts]
    assert own
    assert [path.name for path in own if "geolocation" in path.read_text(encoding="utf-8")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/accounts/login/", "/feedback/", "/no/such/page/"])
def test_it_offers_the_complaint_on_pages_open_to_everybody(address: str) -> None:
    page = Client().get(address).content.decode()
    assert "意见建议/减负投诉" in page
    assert 'href="/feedback/' in page


@pytest.mark.django_db
def test_it_keeps_what_was_written_from_every_hand() -> None:
    Client().post("/feedback/", {"kind": Feedback.Kind.BURDEN, "text": "同一张表要填三次", "contact": "", "path": "/"})
    row = Feedback.objects.get()
    with pytest.raises(NotAllowed):
        row.delete()
    with pytest.raises(NotAllowed):
        Feedback.objects.all().delete()
    row.text = "改掉"
    with pytest.raises(NotAllowed):
        row.save()
    assert [row.text for row in Feedback.objects.all()] == ["同一张表要填三次"]


def test_it_lets_no_line_manager_read_complaints() -> None:
    managers = {"section_head", "leader", "street_officer", "community_secretary"}
    assert {str(role) for role in feedback.READERS} & managers == set()


def _forms() -> list[type[forms.BaseForm]]:
    """Every form of the house."""
    for module in [path for path in HOUSE.rglob("*.py") if "forms" in path.parts or path.name == "forms.py"]:
        importlib.import_module(".".join(("linli", *module.relative_to(HOUSE).with_suffix("").parts)))
    found: list[type[forms.BaseForm]] = []
    waiting: list[type[forms.BaseForm]] = [forms.BaseForm]
    while waiting:
        one = waiting.pop()
        waiting += one.__subclasses__()
        if one.__module__.startswith("linli."):
            found.append(one)
    return found


def _takes_photos(field: forms.Field) -> bool:
    """Pictures and nothing else; a paper may come as PDF too."""
    kinds = [kind for kind in str(field.widget.attrs.get("accept", "")).split(",") if kind.strip()]
    return "capture" in field.widget.attrs or (bool(kinds) and all(kind.strip().startswith("image/") for kind in kinds))


def test_no_form_demands_a_photo() -> None:
    """The switch ``burden.compulsory_photos`` is off: as long as no form asks it, none may demand one."""
    found = [one for one in _forms() if hasattr(one, "base_fields")]
    named = {
        f"{one.__module__}.{one.__name__}.{name}": field.required
        for one in found
        for name, field in one.base_fields.items()
        if _takes_photos(field)
    }
    assert len(found) > 100
    assert len(named) == 3
    assert [name for name, required in named.items() if required] == []


def test_it_ships_no_map_tiles_no_emblem_and_no_list_of_countries() -> None:
    own = [path for path in HOUSE.rglob("*") if path.is_file() and "vendor" not in path.parts and path.suffix != ".mo"]
    names = [path.name for path in own if re.search(r"国徽|党徽|党旗|emblem|countries|\.mbtiles|\.pbf", path.name)]
    tiles = [
        path.name
        for path in own
        if path.suffix in (".js", ".html", ".py") and "{z}/{x}/{y}" in path.read_text(encoding="utf-8")
    ]
    lock = (HOUSE.parents[1] / "requirements" / "run.lock").read_text(encoding="utf-8")
    packages = [name for name in ("pycountry", "django-countries") if f"\n{name}==" in lock]
    assert (names, tiles, packages) == ([], [], [])


def test_it_loads_nothing_from_other_sites() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert directives == {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
