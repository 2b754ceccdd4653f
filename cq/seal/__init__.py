"""The sealed format v1: bytes that anybody may have and only a space's readers can read.

docs/formats/seal-v1.md describes every byte; tests/vectors/seal-v1.json holds examples that Python
and the browser both check. Nothing here knows a council, a page or a disk: keys and bytes in,
bytes out. Secrets are never in a `repr`.
"""
