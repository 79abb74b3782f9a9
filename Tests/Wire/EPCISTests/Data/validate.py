"""Prints what is wrong with JSON documents; nothing when all are valid.

usage: validate.py SCHEMA < DOCUMENTS: one a line, or a single one on many.
"""
import json
import sys

import jsonschema

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
kind = jsonschema.validators.validator_for(schema)
kind.check_schema(schema)
validator = kind(schema, format_checker=jsonschema.FormatChecker())
text = sys.stdin.read()
try:
    documents = [json.loads(text)]
except ValueError:
    documents = [json.loads(line) for line in text.splitlines()]
for document in documents:
    for error in validator.iter_errors(document):
        place = "/".join(map(str, error.absolute_path))
        print(f"{place}: {error.validator}: {error.message[:200]}")
