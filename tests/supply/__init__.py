"""Tests of what the program is made of."""
