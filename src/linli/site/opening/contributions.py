"""What the opening adds to the house: its verbs' names in the record."""

from linli.site.opening import services  # noqa: F401  # registers its actions
