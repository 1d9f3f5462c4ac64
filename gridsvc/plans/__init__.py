"""Plans: drafts of a new net, their review and publication, and what became of every grid."""
