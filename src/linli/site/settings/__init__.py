"""Settings: ``base`` for every house, ``production`` for a real one, ``test`` for the suite."""
