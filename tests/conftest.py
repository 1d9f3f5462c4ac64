"""Fixtures and options of the whole test run."""

pytest_plugins = ["tests.fixtures.database"]
