"""Who keeps surveys, who types papers and calls, who reads results."""

from linli.kernel.scope import Role, clock, holds

KEEPERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY, Role.STREET_OFFICER, Role.SECTION_HEAD)
READERS = (*KEEPERS, Role.LEADER, Role.FINANCE_OFFICER, Role.AUDITOR)

sets_up_surveys = holds(*KEEPERS)
keeps_surveys = clock | sets_up_surveys
reads_surveys = holds(*READERS)
