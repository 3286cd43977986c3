"""The demo street, built through the verbs of the apps."""
