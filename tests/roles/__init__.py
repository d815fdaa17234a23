"""Role files, adverts and requirements."""
