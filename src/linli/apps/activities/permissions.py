"""Who plans activities, who publishes them, who stands at the door, who reads what was noted about a person."""

from linli.kernel.scope import Role, clock, holds

RUNNERS = (
    Role.COMMUNITY_WORKER,
    Role.COMMUNITY_SECRETARY,
    Role.STREET_OFFICER,
    Role.SECTION_HEAD,
    Role.ORGANIZATION_MANAGER,
    Role.TEAM_LEADER,
)
"""Staff of the place, and of the organization or team that holds the activity."""
DOOR = (*RUNNERS, Role.GRID_WORKER)
READERS = (*DOOR, Role.LEADER, Role.AUDITOR, Role.FINANCE_OFFICER)
CARERS = (Role.COMMUNITY_WORKER, Role.COMMUNITY_SECRETARY)
"""What is noted of health or hardship, the community's own staff read: no organization, no street."""

reads_activities = holds(*READERS)
runs_activities = holds(*RUNNERS)
keeps_door = holds(*DOOR)
reads_care = holds(*CARERS)
runs = clock | runs_activities
at_door = clock | keeps_door
"""The same for verbs, which the clock may call too."""
