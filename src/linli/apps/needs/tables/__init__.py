"""Excel sheets of needs: what comes in from the hotline's platform and from lists kept until now."""

"""Papers and sheets of needs."""
