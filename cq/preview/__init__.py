"""`cq serve`: the site on this machine alone, made again at each change of its sources.

It has a tree and a memory of its own in the user's cache: build/site is never touched, and what is
being written is never published by mistake.
"""
