"""Each kind of requirement by each verdict, in a file for each module of the package."""
