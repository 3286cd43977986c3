"""Contacts of needs that were finished long ago go; what was asked and answered stays."""

from datetime import datetime

from django.db.models import Q

from linli.apps.needs.models import OPEN, Contact


def forget_contacts(before: datetime) -> int:
    """Contacts of needs that came in before a moment and are finished; how many went."""
    rows = Contact.objects.filter(~Q(need__state__in=OPEN), need__received_at__lt=before)
    return rows.delete()[0]
