"""Surveys with their subjects; strata and households asked; papers typed; what was counted."""

from linli.apps.surveys.models.counted import RatingCount, RatingLabel
from linli.apps.surveys.models.sample import AskedBy, Call, SampledHousehold, Stratum, TypedPaper
from linli.apps.surveys.models.survey import Layers, Survey, SurveyState, SurveySubject

__all__ = [
    "AskedBy",
    "Call",
    "Layers",
    "RatingCount",
    "RatingLabel",
    "SampledHousehold",
    "Stratum",
    "Survey",
    "SurveyState",
    "SurveySubject",
    "TypedPaper",
]
