"""Who reads the ledger, who keeps it, who may promise money out of it, who enters, checks and approves spending."""

from linli.kernel.scope import Role, clock, holds

KEEPERS = (Role.FINANCE_OFFICER,)
AUDITORS = (*KEEPERS, Role.AUDITOR)
"""Who is told where the ledger of a street does not add up."""
READERS = (Role.FINANCE_OFFICER, Role.AUDITOR, Role.LEADER, Role.SECTION_HEAD, Role.STREET_OFFICER)
COMMITTERS = (*KEEPERS, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER)
"""Who carries out a decision that promises money; the decision itself belongs to the app above."""

reads_ledger = holds(*READERS)
keeps_pages = holds(*KEEPERS)
keeps_ledger = clock | keeps_pages
"""The same for verbs, which the clock may call too; doors name the one above."""
commits = clock | holds(*COMMITTERS)

SPENDERS = (Role.ORGANIZATION_MANAGER, Role.TEAM_LEADER, Role.COMMUNITY_SECRETARY, Role.COMMUNITY_WORKER)
"""Who enters the spending of the commitments their organization, team or community carries out."""
ENTERERS = (*SPENDERS, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.FINANCE_OFFICER)
CHECKERS = (Role.FINANCE_OFFICER, Role.STREET_OFFICER, Role.SECTION_HEAD)
APPROVERS = (Role.FINANCE_OFFICER, Role.LEADER)

enters_pages = holds(*ENTERERS)
enters_spending = clock | enters_pages
sees_spending = holds(*READERS, *ENTERERS)
checks_spending = clock | holds(*CHECKERS)
approves_spending = clock | holds(*APPROVERS)
sends_back = clock | holds(*CHECKERS, *APPROVERS)
