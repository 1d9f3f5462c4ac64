"""Visits and patrols, and whether a grid is looked after."""
