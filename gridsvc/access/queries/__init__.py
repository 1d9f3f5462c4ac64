"""Every query on accounts, grants, logins, tokens, rights and the management tree."""
