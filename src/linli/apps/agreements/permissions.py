"""Who draws agreements up, which office gives its opinion, who signs and who reads."""

from linli.kernel.scope import Role, clock, holds

WRITERS = (Role.STREET_OFFICER, Role.SECTION_HEAD)
READERS = (*WRITERS, Role.LEADER, Role.FINANCE_OFFICER, Role.AUDITOR)
OFFICES = {
    "section": (Role.SECTION_HEAD, Role.STREET_OFFICER),
    "finance": (Role.FINANCE_OFFICER,),
    "legal": (Role.SECTION_HEAD, Role.STREET_OFFICER),
    "leader": (Role.LEADER,),
}
"""Office → the posts that enter its opinion; of the legal adviser somebody of the street enters it."""

reads_agreements = holds(*READERS)
writes_pages = holds(*WRITERS)
draws_up = clock | holds(*WRITERS, Role.LEADER)
"""An app above draws agreements up by the hand of whoever carries out the decision."""
gives_opinions = holds(*sorted({role for roles in OFFICES.values() for role in roles}))
keeps_templates = holds(Role.SECTION_HEAD, Role.STREET_OFFICER)
moves = clock | holds(*WRITERS)
