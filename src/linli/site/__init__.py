"""The top of the house: settings, addresses, doors for the operator."""
