"""The demo city: Bengbu's outlines with a synthetic life, loaded by the bulk use cases a real city would use."""
