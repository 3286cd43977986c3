"""Excel sheets of ordering."""

from linli.apps.ordering.tables.catalog import CATALOG

__all__ = ["CATALOG"]
