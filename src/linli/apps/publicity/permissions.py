"""Who writes public notices, who checks and signs them, who answers objections."""

from linli.kernel.scope import Role, clock, holds

WRITERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER)
CHECKERS = (Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.SECTION_HEAD)
SIGNERS = (Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER)
"""Author, checker and signer are three people; of a community's own notice the street signs."""
ANSWERERS = (Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER)
READERS = (*sorted({*WRITERS, *CHECKERS, *SIGNERS}), Role.FINANCE_OFFICER, Role.AUDITOR)

reads_notices = holds(*READERS)
writes_notices = holds(*WRITERS)
draws_up = clock | holds(*WRITERS, *SIGNERS)
"""An app above draws notices up too, by the hand of whoever carries out the decision."""
takes_objections = holds(*WRITERS, *ANSWERERS)
answers_objections = holds(*ANSWERERS)
answers = clock | answers_objections
concludes = clock | holds(*WRITERS, *ANSWERERS)
"""The same for verbs, which the clock may call too."""
