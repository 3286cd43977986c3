"""Suggests what a need is about, with reasons; counts how often people chose otherwise."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from linli.algorithms.classify import Answer, Model, loaded
from linli.apps.needs.models import Category, CategoryChoice, ModelState, Need, TrainedModel


@dataclass(frozen=True)
class Suggestion:
    """A category, how likely it is right (0 to 1), the words that speak for it, and the next best.

    ``sure``: good enough to be filled in; otherwise both are offered. ``model``: the model that says so.
    """

    category: Category
    confidence: float
    reasons: tuple[str, ...]
    second: Category | None
    sure: bool
    model: UUID

    @property
    def per_cent(self) -> int:
        """The confidence as people read it; never a full hundred."""
        return min(int(self.confidence * 100), 99)


@lru_cache(maxsize=1)
def _model(key: UUID) -> Model:
    """The model in memory, one a process; a model that is published never changes."""
    return loaded(bytes(TrainedModel.objects.values_list("data", flat=True).get(pk=key)))


def suggest_category(text: str) -> Suggestion | None:
    """What a text is about by the model in use; None where none is, nothing is known, or the category is off.

    Two queries, about a millisecond. Sensitive categories are never suggested: no model has learned them.
    """
    key = TrainedModel.objects.filter(state=ModelState.PUBLISHED).values_list("pk", flat=True).first()
    if key is None or not text.strip():
        return None
    return _of(_model(key).answer(text), key)


def _of(answer: Answer, key: UUID) -> Suggestion | None:
    codes = [code for code in (answer.label, answer.second) if code]
    rows = {row.code: row for row in Category.objects.filter(code__in=codes, is_active=True, sensitivity="")}
    first, second = rows.get(answer.label), rows.get(answer.second)
    if first is None:
        return None
    return Suggestion(first, answer.confidence, answer.reasons, second, answer.sure, key)


def suggest_for(need: Need) -> Suggestion | None:
    """The suggestion for a need; None for complaints about persons and for sensitive matters."""
    if need.about_kind or need.sensitivity:
        return None
    return suggest_category(words_of(need))


def words_of(need: Need) -> str:
    """What a model reads of a need: its title where it is not the beginning of the matter, and the matter."""
    return need.matter if need.matter.startswith(need.title.rstrip("…")) else f"{need.title} {need.matter}"


def note_choice(need: Need, category: Category, *, at: datetime) -> None:
    """Keep what was suggested beside what a person chose, once a need and anew when it is corrected."""
    if category.sensitivity or need.about_kind:
        CategoryChoice.objects.filter(need=need).delete()
        return
    if CategoryChoice.objects.filter(need=need).update(chosen=category, at=at):
        return
    found = suggest_for(need)
    if found is not None:
        CategoryChoice.objects.create(
            need=need, model_id=found.model, suggested=found.category, chosen=category, was_sure=found.sure, at=at
        )
