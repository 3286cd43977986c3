"""Who may take part in a residents' choice, and under which key the house notes that somebody did."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from linli.apps.people.models import Person, User
from linli.apps.people.queries.ages import born_until
from linli.apps.rounds.models import PaperVoter, ResidentsChoice
from linli.apps.rounds.queries.rounds import communities_of
from linli.kernel.errors import Conflict, NotAllowed
from linli.kernel.privacy import has_taken_part
from linli.kernel.scope import Actor, IdentityGrade


def resident_of(actor: Actor | None) -> User:
    """The account of whoever acts. Raises NotAllowed for a stranger."""
    if not isinstance(actor, User):
        raise NotAllowed(_("Sign in first: this choice is open to residents whom the house knows."), code="sign-in")
    return actor


def require_resident(choice: ResidentsChoice, user: User, *, on: date) -> None:
    """Refuse an account that was neither proved in person nor matched, lives elsewhere or is too young."""
    if user.grade < IdentityGrade.PROVED:
        raise NotAllowed(
            _("Your account is not proved yet. Come to the counter of your community with a document, then vote here."),
            code="not-proved",
        )
    person = user.person
    home = person.community_id if person is not None else user.anchor.place
    if home is None or not communities_of(choice.round, on).filter(pk=home).exists():
        raise NotAllowed(_("This choice is for residents of the communities of this round."), code="other-community")
    if person is not None:
        require_age(choice, person, on=on)


def require_age(choice: ResidentsChoice, person: Person, *, on: date) -> None:
    """Refuse whoever is known to be younger than the choice asks for."""
    if choice.least_age and person.born_on is not None and person.born_on > born_until(choice.least_age, on):
        raise NotAllowed(
            _("Residents of %(age)d and over take part in this choice.") % {"age": choice.least_age}, code="too-young"
        )


def require_first(choice: ResidentsChoice, *keys: UUID | None) -> None:
    """Refuse whoever took part already, by phone or on paper, under any of his keys. Raises Conflict."""
    known = [key for key in keys if key is not None]
    if PaperVoter.objects.filter(choice=choice, participant__in=known).exists():
        raise Conflict(_("A paper was given out for you already; everybody takes part once."), code="taken-part")
    if choice.box is not None and any(has_taken_part(choice.box, participant=key) for key in known):
        raise Conflict(_("You have taken part already; everybody does so once."), code="taken-part")
