"""One file a verb: parse options, make one call, report, exit. Nothing is decided here."""
