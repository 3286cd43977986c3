"""Party organizations of 临湖街道, their members as counts, and the coverage of social organizations at two dates."""

from datetime import date

from linli.apps.organizations import services
from linli.apps.organizations.models import Organization, OrganizationKind, PartyKind, PartyOrganization
from linli.apps.places.models import Place
from linli.demo.figures import AS_OF, SOURCE
from linli.demo.streets import MAIN, MANY_STAIRWELLS, PARK, SMALL, STREET, Here

KIND = PartyKind
NOTICE = "临湖街道党工委批复"
BEFORE, AFTER = date(2019, 6, 1), date(2023, 3, 1)
"""Of the social organizations fewer than a tenth are organized between these days, half of them after (D01)."""
OWN, OWN_BEFORE, JOINT, INSTRUCTORS = 9, 2, 4, 6
"""Branches of their own, two of them early; in the joint branch; with an instructor (D08)."""
NUMERALS = "一二三四五六"


def found_party_organizations(here: Here) -> None:
    """The street's committee; communities, park and social organizations below it."""
    top = _found(here, "中共临湖街道工作委员会", KIND.COMMITTEE, place=here.places[STREET], since=date(2001, 7, 1))
    many, main = here.places[MANY_STAIRWELLS], here.places[MAIN]
    older = _found(here, "柳塘二里社区党总支", KIND.GENERAL_BRANCH, place=many, since=date(2010, 6, 1), parent=top)
    services.change_party(
        older,
        name="柳塘二里社区党委",
        kind=KIND.COMMITTEE,
        on=date(2021, 4, 1),
        source=NOTICE,
        actor=None,
        at=here.on(12),
    )
    _branches(here, older, many, "柳塘二里社区", 6, since=date(2021, 4, 1))
    _count(here, older, registered=165)
    committee = _found(here, "银杏社区党委", KIND.COMMITTEE, place=main, since=date(2012, 5, 1), parent=top)
    _branches(here, committee, main, "银杏社区", 3, since=date(2012, 5, 1))
    _count(here, committee, registered=129, reported=605)
    small = _found(
        here, "和煦家园社区党支部", KIND.BRANCH, place=here.places[SMALL], since=date(2015, 3, 1), parent=top
    )
    _count(here, small, registered=35)
    park = here.places[PARK]
    general = _found(here, f"{PARK}党总支", KIND.GENERAL_BRANCH, place=park, since=date(2017, 9, 1), parent=top)
    _branches(here, general, park, PARK, 5, since=date(2017, 9, 1))
    _count(here, general, registered=80)
    _cover_social_organizations(here, top)


def _cover_social_organizations(here: Here, top: PartyOrganization) -> None:
    there = [
        one
        for one in here.organizations.values()
        if one.kind == OrganizationKind.SOCIAL_ORGANIZATION and one.place_id != here.places["望桥街道"].pk
    ]
    own, joined = there[:OWN], there[OWN : OWN + JOINT]
    for number, one in enumerate(own):
        since = BEFORE if number < OWN_BEFORE else AFTER
        _found(here, f"{one.name}党支部", KIND.BRANCH, organization=one, since=since, parent=top)
        _count(here, one, full=3 + number % 4)
    joint = _found(
        here, "临湖街道社会组织联合党支部", KIND.JOINT_BRANCH, place=here.places[STREET], since=AFTER, parent=top
    )
    for one in joined:
        services.cover_by_party(joint, one, on=AFTER, actor=None, at=here.on(13))
        _count(here, one, full=2)
    for one in there[OWN + JOINT :][:INSTRUCTORS]:
        services.assign_instructor(one, on=AFTER, source=NOTICE, actor=None, at=here.on(13))
        _count(here, one, full=0)


def _branches(here: Here, parent: PartyOrganization, place: Place, name: str, count: int, *, since: date) -> None:
    for numeral in NUMERALS[:count]:
        _found(here, f"{name}第{numeral}党支部", KIND.BRANCH, place=place, since=since, parent=parent)


def _found(
    here: Here,
    name: str,
    kind: PartyKind,
    *,
    since: date,
    place: Place | None = None,
    organization: Organization | None = None,
    parent: PartyOrganization | None = None,
) -> PartyOrganization:
    return services.found_party(
        name=name,
        kind=kind,
        valid_from=since,
        source=NOTICE,
        place=place,
        organization=organization,
        parent=parent,
        actor=None,
        is_demo=True,
        at=here.on(12),
    )


def _count(here: Here, holder: PartyOrganization | Organization, **counts: int) -> None:
    services.count_members(holder, counts=counts, as_of=AS_OF, source=SOURCE, actor=None, at=here.on(14))
