"""One candidate from left to right: the only place that knows the order of the stages."""
