"""English questions put into Chinese ones by a small grammar: words, phrases, clauses, questions.

It knows the common ways to ask and no more; where a sentence is not understood well enough it says so.
"""

from kb.language.translating.asking import translated

__all__ = ["translated"]
