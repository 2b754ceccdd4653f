"""The front half: files into one immutable Content, with findings. It knows nothing of pages."""
