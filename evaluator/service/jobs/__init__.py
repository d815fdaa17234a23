"""Many documents read in the background: accepted, kept on the disk, worked off, and told of when they end."""
