"""Readers: a generative model (``llm``) or the embedded rules (``rules``). Both return findings only."""
