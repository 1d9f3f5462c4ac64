"""Workers, posts and responsibilities: who answers for a grid, now or then."""
