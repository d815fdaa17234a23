"""CSS as browsers apply it, as far as it decides what of a page can be seen."""
