"""Values that pass between the stages: frozen, keyword-only, without behaviour that needs I/O."""
