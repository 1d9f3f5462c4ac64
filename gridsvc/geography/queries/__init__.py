"""Every SELECT and PostGIS call of the ground: what imports compare with, where a point lies, what the map shows."""
