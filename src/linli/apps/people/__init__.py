"""People: who signs in, which posts they hold, who may be called."""
