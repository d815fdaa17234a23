"""What an opening asks for: role files, the adverts they come from, and the names that requirements use."""
