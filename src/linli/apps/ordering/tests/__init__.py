"""Tests of ordering."""
