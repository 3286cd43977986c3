"""Telephone numbers for messages on their way, never for somebody's eyes."""

from collections.abc import Collection
from uuid import UUID

from linli.apps.people.models import User
from linli.kernel.privacy import frozen


def phones_of(recipients: Collection[UUID]) -> dict[UUID, str]:
    """The number of each open account that has one the office entered or proved. One query.

    Left out: a number that only its owner told (it may be somebody else's), and accounts whose data rest.
    """
    rows = User.objects.filter(pk__in=list(recipients), is_active=True, claims_phone=False)
    rows = rows.exclude(phone_print="").exclude(pk__in=frozen("people.account"))
    return {row.pk: row.phone.for_machine(because="message") for row in rows.only("pk", "phone") if row.phone}
