"""Moving open work when responsibility moves: what was accepted, hand-overs, bulk changes, and leaving for good."""
