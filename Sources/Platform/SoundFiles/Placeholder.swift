// Placeholder: gives an empty module a source.
