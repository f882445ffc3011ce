"""Comparatives of a text as records; `finding` reads a text's sentences, the other files know one way each to say that a thing has more of something."""
