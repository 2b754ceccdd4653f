"""cq: conseils de quartier, from one git repository to a public site and sealed quartier sites."""

__version__ = "0.1.0"
