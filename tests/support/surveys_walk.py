"""Surveys that the walk of all addresses needs, and the rows of their addresses."""

from datetime import timedelta

from django.utils import timezone

from linli.apps.places.models import Place
from linli.apps.surveys import services
from linli.apps.surveys.models import SampledHousehold
from linli.apps.surveys.tests.factories import make_building

EVERYBODY = "200 200 200 200 200 200 200 200 200 200"
READ = "302 403 200 404 200 200 200 403 403 403"
KEEP = "302 403 200 404 200 200 403 403 403 403"
NOT_YET = READ.replace("200", "404")
"""The table of a survey that is not counted."""

SURVEY_ROWS = {
    "GET answer/": EVERYBODY,
    "POST answer/": EVERYBODY.replace("200", "422"),
    "GET answer/{survey}/": EVERYBODY,
    "POST answer/{survey}/": EVERYBODY.replace("200", "422"),
    "GET answer/{drafted_survey}/": EVERYBODY.replace("200", "404"),
    "GET answer/{survey}/open/": EVERYBODY,
    "GET answer/{survey}/done/": EVERYBODY,
    "GET api/v1/surveys": "401 403 200 200 200 200 200 403 403 403",
    "GET api/v1/surveys/{survey}": "401 403 200 404 200 200 200 403 403 403",
    "GET desk/surveys/": "302 403 200 200 200 200 200 403 403 403",
    "GET desk/surveys/new/": "302 403 200 200 200 200 403 403 403 403",
    "GET desk/surveys/{survey}/": READ,
    "GET desk/surveys/{drafted_survey}/": READ,
    "GET desk/surveys/{survey}/edit/": KEEP,
    "GET desk/surveys/{survey}/do/close/": KEEP,
    "POST desk/surveys/{survey}/do/close/": KEEP.replace("200", "302"),
    "GET desk/surveys/{survey}/questions/": KEEP,
    "GET desk/surveys/{survey}/questions/preview/": READ,
    "GET desk/surveys/{drafted_survey}/questions/sections/1/": KEEP,
    "GET desk/surveys/{drafted_survey}/questions/sections/1/new/": KEEP,
    "GET desk/surveys/{drafted_survey}/questions/q1/": KEEP,
    "POST desk/surveys/{drafted_survey}/questions/q1/up/": KEEP.replace("200", "302"),
    "GET desk/surveys/{drafted_survey}/sample/": KEEP,
    "GET desk/surveys/{drafted_survey}/group/": KEEP,
    "GET desk/surveys/strata/{stratum}/slips/": KEEP,
    "GET desk/surveys/strata/{stratum}/doors/": KEEP,
    "GET desk/surveys/strata/{stratum}/by/": KEEP,
    "GET desk/surveys/strata/{stratum}/drop/": KEEP,
    "GET desk/surveys/{survey}/calls/": KEEP,
    "GET desk/surveys/calls/{called_household}/": KEEP,
    "GET desk/surveys/{survey}/papers/": KEEP,
    "GET desk/surveys/{survey}/papers/type/": KEEP,
    "GET desk/surveys/{survey}/table/pdf/": NOT_YET,
}


def surveys_of(community: Place) -> dict[str, str]:
    """An open survey with a sample of which a household is called, and a draft."""
    now = timezone.now()
    make_building(community, "问卷楼", 3)
    given = {"place": community, "last_day": timezone.localdate(now) + timedelta(days=5), "actor": None, "at": now}
    survey = services.draft_survey(title="走查问卷", openly=True, **given)
    (stratum,) = [one for one in services.draw_sample(survey, size=3, seed=1, actor=None, at=now) if one.asked][:1]
    services.ask_by(stratum, by="call", actor=None, at=now)
    services.open(survey, actor=None, at=now)
    draft = services.draft_survey(title="问卷草稿", **given)
    called = SampledHousehold.objects.filter(stratum=stratum)[:1].get()
    return {
        "survey": str(survey.pk), "drafted_survey": str(draft.pk), "stratum": str(stratum.pk),
        "called_household": str(called.pk),
    }  # fmt: skip
