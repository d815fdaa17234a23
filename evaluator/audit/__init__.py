"""What a regulator or a candidate may ask for, answered from finished reports and runs; no evaluation depends on it."""
