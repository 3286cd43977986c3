"""What people keep about a person: the account, the posts held, the cards written, checked and signed."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from linli.apps.people import services
from linli.apps.people.models import Absence, ContactCard, Handover, Post, Skill, Substitute, User
from linli.kernel.contributions import Basis, Person, PersonalData
from linli.kernel.errors import Missing
from linli.kernel.privacy import freezes, unfreezes
from linli.kernel.publication import Publication
from linli.kernel.scope import Role

CARDS = "people.contact_card"


def _cards(user: UUID | None) -> QuerySet[ContactCard]:
    passed = Publication.objects.filter(Q(author_id=user) | Q(checker_id=user) | Q(signer_id=user), kind=CARDS)
    return ContactCard.objects.filter(Q(author=user) | Q(pk__in=passed.values("ref_id")))


def _account(person: Person) -> User | None:
    return User.objects.filter(pk=person.user_id).first() if person.user_id else None


def _own_phone(user: User) -> str:
    """The number in full: what is exported goes to the person whose it is."""
    return user.phone.for_machine(because="export to the person") if user.phone else ""


def find(person: Person) -> int:
    """How many rows are about this account."""
    if person.user_id is None:
        return 0
    accounts = User.objects.filter(pk=person.user_id).count()
    rows = (Post.objects.filter(user=person.user_id), _cards(person.user_id), *_of_office(person.user_id))
    return accounts + sum(found.count() for found in rows)


def _of_office(user: UUID) -> tuple[QuerySet[Any], ...]:
    """Absences, skills, substitutions and handovers of the account."""
    return (
        Absence.objects.filter(user=user),
        Skill.objects.filter(user=user),
        Substitute.objects.filter(Q(holder=user) | Q(deputy=user)).select_related("post", "deputy"),
        Handover.objects.filter(Q(giver=user) | Q(taker=user) | Q(witness=user)),
    )


def _office_data(user: User) -> list[dict[str, Any]]:
    absences, skills, substitutes, handovers = _of_office(user.pk)
    return [
        *(
            {
                "不在岗": str(row.get_kind_display()),
                "开始日期": row.first_day.isoformat(),
                "结束日期": row.last_day.isoformat(),
            }
            for row in absences
        ),
        *(
            {"技能": row.title, "证书编号": row.certificate, "到期": row.valid_to.isoformat() if row.valid_to else ""}
            for row in skills
        ),
        *({"AB岗": str(row.post.get_role_display()), "替岗": row.deputy_id == user.pk} for row in substitutes),
        *({"工作交接单": row.title, "状态": str(row.get_state_display())} for row in handovers),
    ]


def export(person: Person) -> list[dict[str, Any]]:
    """Account, posts and parts in cards as plain data."""
    user = _account(person)
    if user is None:
        return []
    posts = Post.objects.filter(user=user).select_related("user", "place", "organization")
    return [
        {"用户名": user.username, "姓名": user.name, "电子邮箱": user.email, "电话": _own_phone(user)}
        | ({"工号": user.staff_number} if user.staff_number else {}),
        *(
            {
                "岗位": str(post.get_role_display()),
                "所在": str(post.where),
                "开始日期": post.started_on.isoformat(),
                "结束日期": post.ended_on.isoformat() if post.ended_on else "",
            }
            for post in posts
        ),
        *({"联系卡": card.title, "编写": card.author_id == user.pk} for card in _cards(user.pk)),
        *_office_data(user),
    ]


def correct(person: Person, values: dict[str, Any]) -> None:
    """Put a wrong name, address or telephone right."""
    user = _account(person)
    if user is None:
        raise Missing(_("There is no account of this person."))
    wanted = {word: values.get(word) for word in ("name", "email", "phone")}
    services.correct_account(user, **wanted, actor=None)


def erase(person: Person) -> str | Promise:
    """Empty the account and end its posts; the row stays, nameless, because decisions name who took them."""
    user = _account(person)
    if user is None:
        return ""
    services.close_account(user, actor=None)
    Absence.objects.filter(user=user).delete()
    Skill.objects.filter(user=user).delete()
    if Post.objects.filter(user=user).exists() or _cards(user.pk).exists():
        return _("Which posts were held and which cards were decided stays on record, without a name.")
    return ""


def freeze(person: Person, reason: str) -> str | Promise:
    """The account leaves the lists of residents' accounts; whoever holds a post is still named where he answers."""
    rest = freezes("people.account")(person, reason)
    if Post.objects.filter(user=person.user_id, ended_on__isnull=True).exclude(role=Role.RESIDENT).exists():
        return _("Who holds a post is still named, because the neighbours must know who answers.")
    return rest


PERSONAL = PersonalData(
    name="people.account",
    title=_("Account, posts and contact cards"),
    models=(User, Post, ContactCard, Substitute, Absence, Handover, Skill),
    find=find,
    export=export,
    erase=erase,
    correct=correct,
    freeze=freeze,
    unfreeze=unfreezes("people.account"),
    purpose=_("So that you can sign in, and that it is known who holds which post and who answers for a card"),
    basis=Basis.DUTY,
    retention="people.account",
)
