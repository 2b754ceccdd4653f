"""The follow-up of dossiers and questions: how old, how late, how long an answer took.

Reads `Content` and the day, nothing else; makes no page and prints nothing, so that the site, the
terminal and an export say the same figures.
"""
