"""Regular expressions that are compiled when they are first used.

One question needs few of the patterns that the modules answering it define, and a cold `kb ask` is one question.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, AnyStr


class _Regex:
    """Compiles on the first use of any method, and holds the methods of the compiled pattern from then on, so that a search costs no more."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> object:
        if name not in _OF_A_PATTERN:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self._flags)
        for each in _OF_A_PATTERN:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r})"


_OF_A_PATTERN = frozenset(name for name in dir(re.Pattern) if not name.startswith("_")) - {"pattern"}


if TYPE_CHECKING:

    def regex(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """`re.compile`, put off. The functions of `re` do not take the result as a pattern: call its methods. A match's `re` is the compiled one.

        :raises re.error: on first use, where `pattern` is none.
        """
        raise NotImplementedError
else:
    regex = _Regex
