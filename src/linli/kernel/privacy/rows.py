"""The ground of secret tables: a random key and nothing that tells when or by whom."""

from django.db import models

from linli.kernel.refs import random_key


class SecretRow(models.Model):
    """A row that must not be joined to a person: no time, no actor, no row audit, a key without order."""

    id = models.UUIDField(primary_key=True, default=random_key, editable=False)

    class Meta:
        abstract = True
