"""Places: district, street, community, grid, point; one tree with a closure table."""
