"""Many candidates: which sources, what is already done, one durable row each, and the run's files."""
