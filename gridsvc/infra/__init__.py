"""What the features stand on: settings, the database and its cluster, jobs and events. Knows a person only as text."""
