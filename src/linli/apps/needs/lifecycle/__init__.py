"""The states of needs and of what goes with them, one noun a file."""

from linli.apps.needs.lifecycle.issue import ISSUES
from linli.apps.needs.lifecycle.mediation import MEDIATIONS
from linli.apps.needs.lifecycle.need import NEEDS
from linli.apps.needs.lifecycle.subtask import SUB_TASKS
from linli.apps.needs.lifecycle.whistle import WHISTLES

__all__ = ["ISSUES", "MEDIATIONS", "NEEDS", "SUB_TASKS", "WHISTLES"]
