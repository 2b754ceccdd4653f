"""Who may enter the sealed spaces: the keyring, the phrases and invitations, their letters.

Content in, two files out: the keyring, which stays with whoever runs the site, and `acces.json`,
which is published. Nothing here builds a page or knows a browser; the format of what is published
is `cq.seal`'s. No phrase is kept: what opens a slot is, and a phrase that was lost is made anew.
"""
