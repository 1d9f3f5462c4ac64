"""Every query on patrols: recording visits one by one and in bulk, coverage and status, and reading visits."""
