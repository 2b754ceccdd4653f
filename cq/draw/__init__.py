"""Drawing a jury by lot so that anyone can draw it again: protocol `cq/jury/v1`.

Everything here is a pure function of the public files, of a list and of a key: no clock, no
network, no random number of its own (docs/formats/jury-v1.md).
"""
