"""Trains the shipped sentence encoder from free text: `python -m kb.passages.training --help`. Nothing here runs when a question is asked."""
