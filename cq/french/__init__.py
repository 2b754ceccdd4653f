"""The French language: days, numbers, typography, folding. Pure functions of their arguments."""
