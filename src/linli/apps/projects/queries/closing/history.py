"""What happened to a project and to its closing file, in one line of time: appeals and their answers among it."""

from linli.apps.projects.models import ClosingFile, GradeAppeal, Project
from linli.kernel.audit import Entry, timeline
from linli.kernel.refs import ref_of


def closing_history(closing: ClosingFile) -> list[Entry]:
    """The history of a closing file with that of the appeal against its grade, oldest first."""
    found = timeline(ref_of(closing))
    for appeal in GradeAppeal.objects.filter(grade__closing=closing):
        found += timeline(ref_of(appeal))
    return sorted(found, key=lambda one: one.at)


def history_of(project: Project) -> list[Entry]:
    """The history of a project with that of its closing file, oldest first."""
    found = timeline(ref_of(project))
    for closing in ClosingFile.objects.filter(project=project):
        found += closing_history(closing)
    return sorted(found, key=lambda one: one.at)
