"""Rubrics: versioned criteria with weight, top mark and labels; totals in ``Decimal``; used versions never change."""

from typing import TYPE_CHECKING

from linli.kernel import lazily
from linli.kernel.rubric.criteria import Anchor, Criterion, Scale, sample

if TYPE_CHECKING:
    from linli.kernel.rubric.models import CriterionRow, Rubric, RubricVersion
    from linli.kernel.rubric.versions import change, define, freeze, scale_of
else:
    __getattr__ = lazily(__name__, models="CriterionRow Rubric RubricVersion", versions="change define freeze scale_of")

__all__ = [
    "Anchor",
    "Criterion",
    "CriterionRow",
    "Rubric",
    "RubricVersion",
    "Scale",
    "change",
    "define",
    "freeze",
    "sample",
    "scale_of",
]
