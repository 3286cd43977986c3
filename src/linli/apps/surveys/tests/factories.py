"""Surveys for tests, taken through the verbs: two buildings of twelve and six households, slips, answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from linli.apps.places import services as places
from linli.apps.places.models import Building, Household, Place
from linli.apps.places.tests.factories import FIRST_DAY, District, make_district
from linli.apps.surveys import services
from linli.apps.surveys.models import Stratum, Survey
from linli.kernel.refs import Ref, ref_of

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
LAST_DAY = date(2026, 11, 16)


def make_building(community: Place, name: str, doors: int, grid: Place | None = None) -> Building:
    """A building beside estates with doors 101, 102 …, looked after by ``grid``."""
    building = places.add_building(community=community, name=name, valid_from=FIRST_DAY, actor=None)
    rows = [Household(building=building, room=str(101 + number), order=number) for number in range(doors)]
    Household.objects.bulk_create(rows)
    if grid is not None:
        places.cover(grid, building=building, on=FIRST_DAY, actor=None)
    return building


@dataclass
class Street:
    """A district whose community has two buildings: 1号楼 with twelve households, 2号楼 with six."""

    district: District = field(default_factory=make_district)
    buildings: list[Building] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.buildings = [make_building(self.community, "1号楼", 12), make_building(self.community, "2号楼", 6)]

    @property
    def community(self) -> Place:
        return self.district.community

    @property
    def projects(self) -> list[Ref]:
        """Two records that can be rated; any kind serves."""
        return [ref_of(self.district.community), ref_of(self.district.other_community)]

    def draft(self, **given: Any) -> Survey:
        """About both projects unless said."""
        row = {"title": "槐荫社区项目满意度", "place": self.community, "subjects": self.projects, **given}
        return services.draft_survey(**{"last_day": LAST_DAY, "actor": None, "at": NOW, **row})

    def open(self, *, group: int = 10, **given: Any) -> "Asked":
        """An open survey with slips handed out in one group."""
        survey = self.draft(**given)
        strata = [services.add_group(survey, name="参加活动的居民", count=group, actor=None, at=NOW)] if group else []
        return Asked(survey, strata).begin()

    def sampled(self, size: int = 9, **given: Any) -> "Asked":
        """An open survey with a drawn sample, its slips printed."""
        survey = self.draft(**given)
        strata = services.draw_sample(survey, size=size, seed=7, actor=None, at=NOW)
        return Asked(survey, strata).begin()


@dataclass
class Asked:
    """An open survey and the codes of each stratum."""

    survey: Survey
    strata: Sequence[Stratum]
    codes: dict[str, list[str]] = field(default_factory=dict)

    def begin(self) -> "Asked":
        self.codes = {one.name: services.issue_slips(one, actor=None, at=NOW) for one in self.strata if one.asked}
        services.open(self.survey, actor=None, at=NOW)
        return self

    def answer(self, code: str, *grades: int, at: datetime = NOW, **given: Any) -> None:
        """Answer a slip with one grade a project."""
        answers = {f"{number}_q1": grade for number, grade in enumerate(grades, 1)}
        services.answer(self.survey, code=code, answers={**answers, **given.pop("more", {})}, at=at, **given)

    def close(self) -> Survey:
        services.close(self.survey, actor=None, at=NOW)
        return self.survey
