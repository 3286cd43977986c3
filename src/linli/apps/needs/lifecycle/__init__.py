"""The states of needs and of what goes with them, one noun a file."""

from linli.apps.needs.lifecycle.issue import ISSUES
from linli.apps.needs.lifecycle.need import NEEDS
from linli.apps.needs.lifecycle.whistle import WHISTLES

__all__ = ["ISSUES", "NEEDS", "WHISTLES"]
