"""What the suite stands on: databases, child processes, a browser, a running site."""
