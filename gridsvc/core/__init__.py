"""The field itself, pure: codes, datums, coverages. No database, no web, no clock, no files."""
