"""The verb of a verdict, written the way an app would write it."""

from collections.abc import Mapping

from django.db import transaction

from linli.kernel import rubric
from linli.kernel.rubric import RubricVersion
from tests.playground.models import Verdict


@transaction.atomic
def give(version: RubricVersion, marks: Mapping[str, str]) -> Verdict:
    """Store marks and their total beside the version they were given by. Raises Refusal."""
    total = rubric.freeze(version).total(marks)
    return Verdict.objects.create(version=version, marks=dict(marks), total=total)
