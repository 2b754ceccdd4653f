"""The agenda at the terminal: what is held when, and what another calendar brings.

The days of a repeated meeting are those that the site and its calendars show
(`cq.site.feeds.repetition`), so that no two places of the house tell another day.
"""
