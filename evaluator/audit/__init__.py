"""What has to be shown to a regulator and to a candidate: through the pipeline and the run, never on their way."""
