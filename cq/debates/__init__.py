"""The aller-retour of a débat between meetings and everything else: who was heard, and where.

Pure: a Content in, plain values out. Neither the site nor the commands are known here.
"""
