"""Trials in which something breaks: what must hold is counted, and a control shows that the count can notice."""
