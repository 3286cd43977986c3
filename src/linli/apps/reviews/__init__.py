"""Reviews: sessions, panels, judges, recusals, entries, score sheets, the room, ranking."""
