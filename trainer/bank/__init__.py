"""The question bank: YAML files in, checked items out."""
