"""What people make of a reading: decisions, objections to evidence, another track; kept in the run for good and never scored."""
