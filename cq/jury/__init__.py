"""The town hall's side of a draw: lists read and settled, steps, letters, minutes.

`cq.draw` is the protocol, which anyone can run; here is what only the town hall has.
"""
