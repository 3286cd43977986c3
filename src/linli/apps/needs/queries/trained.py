"""Reads of learned models: the list with their reports, and how often people chose otherwise than suggested."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from linli.algorithms.classify import Report
from linli.apps.needs.models import Category, TrainedModel


def models_of() -> QuerySet[TrainedModel]:
    """All models, the latest first, without their files; ``asked`` and ``corrected`` of their suggestions."""
    corrected = Count("choices", filter=~Q(choices__chosen=F("choices__suggested")))
    return TrainedModel.objects.defer("data").annotate(asked=Count("choices"), corrected=corrected)


def report_of_model(row: TrainedModel) -> dict[str, Any]:
    """The report as its page shows it: accuracy, each category, and what was taken for what. One query."""
    labels = row.facts["labels"]
    report = Report.of_json(labels, row.facts["report"])
    names = dict(Category.objects.filter(code__in=labels).values_list("code", "name"))
    named = [names.get(code, code) for code in labels]
    mistaken = [
        {"texts": count, "is": named[one], "taken_for": named[other]}
        for one, line in enumerate(report.confusion)
        for other, count in enumerate(line)
        if one != other and count
    ]
    return {
        "report": report,
        "per_label": [{"name": name, "one": one} for name, one in zip(named, report.per_label, strict=True)],
        "mistaken": sorted(mistaken, key=lambda one: -one["texts"])[:MOST_MISTAKES],
    }


def model_in_use() -> UUID | None:
    """The id of the model that suggests; None where none does."""
    return TrainedModel.objects.filter(state="published").values_list("pk", flat=True).first()


MOST_MISTAKES = 30
"""Pairs of categories mistaken for each other that are told."""
