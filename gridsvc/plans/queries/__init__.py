"""Every query on plans, drafts, decisions and lineage."""
