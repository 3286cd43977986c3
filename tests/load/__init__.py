"""Many people at once on this machine: ``make load``."""
