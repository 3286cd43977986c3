"""Projects: what happens after the award: milestones, indicators, visits, changes, closing file, advice, showcase."""
