"""What other programs read of the site: calendars (.ics), Atom feeds, sitemap.xml and robots.txt.

Values in, bytes out: nothing here knows the content, the disk or the clock.
"""
