"""Incidents: taken in from every channel, located and routed to the grid that answers."""
