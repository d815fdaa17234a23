"""HTML: the page as a tree, roughly where its boxes lie, and which of its text is seen."""
