"""Dependency arcs of Chinese sentences."""
