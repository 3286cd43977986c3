"""The closed loop of residents' needs: heard, handled, answered, rated; one wall before complaints about an office."""
