"""Every query on incidents: taking them in one by one and in bulk, and reading them."""
