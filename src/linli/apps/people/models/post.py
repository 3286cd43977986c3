"""Posts: one role of one person at exactly one place or one organization."""

from datetime import date
from functools import cache
from typing import ClassVar
from uuid import UUID

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from linli.apps.organizations.models import Organization
from linli.apps.people.models.user import User
from linli.apps.places.models import Place
from linli.kernel.refs.record import Record
from linli.kernel.scope import Anchor, Role
from linli.kernel.scope.roles import ADMINISTRATORS, SINGLE_SEAT

DAY, USER = "the day", "the user"
"""What stands in the prepared query until a day and a user are put in."""


class PostRows(models.QuerySet["Post"]):
    """Rows of posts."""

    def in_force(self, on: date) -> "PostRows":
        """Posts held on the day ``on``."""
        return self.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on), started_on__lte=on)

    def acted_in_by(self, user: UUID, on: date) -> "PostRows":
        """Posts in force on ``on`` held by ``user``, or by somebody away whose substitute he is.

        Who is away himself acts for nobody: a substitute's substitute does not act.
        """
        day, mine = _prepared(on, user)
        sql, values = _acting_sql(connection.vendor)
        bound = [day if value == DAY else mine if value == USER else value for value in values]
        return self.in_force(on).filter(pk__in=RawSQL(sql, bound))  # noqa: S611  # put together by Django, all bound


def _prepared(on: date, user: UUID) -> tuple[object, object]:
    """A day and a key as the database in use takes them."""
    return connection.ops.adapt_datefield_value(on), Post._meta.pk.get_db_prep_value(user, connection)


@cache
def _acting_sql(vendor: str) -> tuple[str, list[object]]:
    """The query for the keys of the posts one acts in, with its values; ``DAY`` and ``USER`` stand for the asker's.

    It is the same at every request but for these two, and putting it together took more time than running it.
    """
    from linli.apps.people.models.absence import Absence
    from linli.apps.people.models.substitute import Substitute  # both point at posts

    on, user = date(1, 1, 2), UUID(int=1)
    away = Absence.objects.in_force(on)
    acting = Substitute.objects.in_force(on).filter(
        Exists(away.filter(user=OuterRef("holder"))), ~Exists(away.filter(user=OuterRef("deputy"))), deputy=user
    )
    own = Post.objects.order_by().filter(user=user).values("pk")
    both = own.union(acting.order_by().values("post"), all=True)
    sql, values = both.query.get_compiler(connection=connection).as_sql()
    day, mine = _prepared(on, user)
    return sql, [DAY if value == day else USER if value == mine else value for value in values]


class Post(Record):
    """A role held from ``started_on`` until the day before ``ended_on``; an open post has no end.

    The end of a post is entered when it comes, never ahead: so "open" is a fact of the row, and the database
    itself keeps one person from holding two of the three administrator roles, and two from one seat.
    ``term_ends_on``, the last day of the term as it is planned, reminds and ends nothing: a term that runs over
    leaves no community without a secretary.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=24, choices=Role)
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("place")
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("organization")
    )
    started_on = models.DateField(_("since"))
    term_ends_on = models.DateField(_("term runs until"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)

    objects = PostRows.as_manager()

    class Meta:
        ordering = ["role", "started_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["role", "started_on", "id"]),
            models.Index(fields=["started_on", "id"]),
            models.Index(fields=["term_ends_on"], condition=Q(ended_on__isnull=True), name="people_open_terms"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="people_post_at_a_place_or_an_organization",
                condition=Q(place__isnull=False, organization__isnull=True)
                | Q(place__isnull=True, organization__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_open_post_at_a_place",
                fields=["user", "role", "place"],
                condition=Q(ended_on__isnull=True, place__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_open_post_at_an_organization",
                fields=["user", "role", "organization"],
                condition=Q(ended_on__isnull=True, organization__isnull=False),
            ),
            models.UniqueConstraint(
                name="people_one_administrator_role",
                fields=["user"],
                condition=Q(ended_on__isnull=True, role__in=sorted(ADMINISTRATORS)),
            ),
            models.UniqueConstraint(
                name="people_one_seat_at_a_place",
                fields=["role", "place"],
                condition=Q(ended_on__isnull=True, place__isnull=False, role__in=sorted(SINGLE_SEAT)),
            ),
            models.UniqueConstraint(
                name="people_one_seat_at_an_organization",
                fields=["role", "organization"],
                condition=Q(ended_on__isnull=True, organization__isnull=False, role__in=sorted(SINGLE_SEAT)),
            ),
            models.CheckConstraint(
                name="people_term_ends_after_it_starts",
                condition=Q(term_ends_on__isnull=True) | Q(term_ends_on__gte=models.F("started_on")),
            ),
            models.CheckConstraint(
                name="people_post_ends_after_it_starts",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.where}"

    @property
    def where(self) -> Place | Organization | None:
        """The place or organization the role is held at."""
        return self.place or self.organization

    @property
    def anchor(self) -> Anchor:
        return Anchor(place=self.place_id, organization=self.organization_id)
