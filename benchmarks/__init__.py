"""Measurements of the running service. One module for each name of `scripts/bench`; figures, not tests."""
