"""Rows with personal values, and a vote: the playground of ``privacy``."""

from django.db import models

from linli.kernel.privacy import PERSON_NAME, PHONE, Fingerprint, SealedText
from linli.kernel.privacy.models import SecretBox
from linli.kernel.refs.record import Record
from linli.kernel.scope import signed_in


class Contact(Record):
    name = SealedText("name", sort=PERSON_NAME, blank=True)
    phone = SealedText("phone", sort=PHONE, blank=True, may_reveal=signed_in)
    phone_print = Fingerprint(of="phone", db_index=True)
    remark = models.CharField(max_length=80, blank=True)

    def __str__(self) -> str:
        return f"{self.name} {self.phone}"


class Question(Record):
    """A question put to a vote; the box holds the answers."""

    text = models.CharField(max_length=80)
    box = models.ForeignKey(SecretBox, on_delete=models.PROTECT, related_name="+", db_constraint=False)

    def __str__(self) -> str:
        return self.text


class CarelessVote(Record):
    """How not to do it: a time-ordered key. The attack of the tests must find it out."""

    content = models.TextField()

    def __str__(self) -> str:
        return self.content
