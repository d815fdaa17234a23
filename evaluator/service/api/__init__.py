"""The HTTP API under ``/api/v1``: what its routes, its OpenAPI document and its metrics are made of is one list of operations."""
