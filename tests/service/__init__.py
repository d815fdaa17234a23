"""The service: who comes in, what it shows, what it takes."""
