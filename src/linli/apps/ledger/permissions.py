"""Who reads the ledger, who keeps it, and who may promise money out of it."""

from linli.kernel.scope import Role, clock, holds

KEEPERS = (Role.FINANCE_OFFICER,)
READERS = (Role.FINANCE_OFFICER, Role.AUDITOR, Role.LEADER, Role.SECTION_HEAD, Role.STREET_OFFICER)
COMMITTERS = (*KEEPERS, Role.STREET_OFFICER, Role.SECTION_HEAD, Role.LEADER)
"""Who carries out a decision that promises money; the decision itself belongs to the app above."""

reads_ledger = holds(*READERS)
keeps_pages = holds(*KEEPERS)
keeps_ledger = clock | keeps_pages
"""The same for verbs, which the clock may call too; doors name the one above."""
commits = clock | holds(*COMMITTERS)
