"""What maintainers run: set-up, wheel, lock files, vendored assets."""
