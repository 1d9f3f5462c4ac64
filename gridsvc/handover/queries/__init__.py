"""Queries of hand-overs."""
