"""Requirements and what they stand on."""
