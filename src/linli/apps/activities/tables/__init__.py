"""The papers of activities: sign-in sheets, sign-for sheets."""
