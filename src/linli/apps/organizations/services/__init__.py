"""The verbs of organizations."""

from linli.apps.organizations.services.credit_code import check_digit, is_credit_code
from linli.apps.organizations.services.organization import enter, take_over

__all__ = ["check_digit", "enter", "is_credit_code", "take_over"]
