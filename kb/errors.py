"""Every exception that this project raises on purpose.

KnowledgeBaseError
├── BadInput                what the user gave cannot be used (HTTP 400, exit 2)
│   ├── EmptyText           nothing to read or to answer
│   ├── TooLarge            over a size limit of the settings (HTTP 413)
│   ├── UnknownFormat       no reader for this suffix (HTTP 415)
│   └── UnreadableText      binary, or an encoding that could not be told (HTTP 415)
├── NotFound                no article, concept or measurement of that name (HTTP 404)
├── BadDomainData           a row of corpus/domain/ is wrong; names file and row
├── ModelUnavailable        an embedding model that a setting names cannot be loaded
├── StoreError              the database cannot be opened or is of another version
└── ProbeError              a measurement could not be made
    ├── BackendUnavailable  this machine cannot start this backend; says why
    ├── ProbeTimeout        a start took longer than its limit; what it left was removed
    ├── ProbeBusy           another measurement runs, or the machine is under pressure
    │   └── ProbeLimited    too many measurements were asked for (HTTP 429)
    ├── ProbeCancelled      the person stopped it
    └── HostChanged         the measuring itself did harm: nothing more is started before a person has looked

Each carries `message` (what, where) and `hint` (the remedy), both in Chinese and in English; `str()` gives both lines
in English, `.in_language("zh")` the Chinese pair.
"""

from __future__ import annotations


class KnowledgeBaseError(Exception):
    """Base of the tree. `message` and `hint` are `(zh, en)` pairs."""

    def __init__(self, message: tuple[str, str], hint: tuple[str, str] = ("", "")) -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message[1]} {hint[1]}".strip())

    def in_language(self, language: str) -> tuple[str, str]:
        """`(message, hint)` in `zh` or, for anything else, English."""
        index = 0 if language.startswith("zh") else 1
        return self.message[index], self.hint[index]


class BadInput(KnowledgeBaseError):
    pass


class EmptyText(BadInput):
    pass


class TooLarge(BadInput):
    pass


class UnknownFormat(BadInput):
    pass


class UnreadableText(BadInput):
    pass


class NotFound(KnowledgeBaseError):
    pass


class BadDomainData(KnowledgeBaseError):
    pass


class ModelUnavailable(KnowledgeBaseError):
    pass


class StoreError(KnowledgeBaseError):
    pass


class ProbeError(KnowledgeBaseError):
    pass


class BackendUnavailable(ProbeError):
    pass


class ProbeTimeout(ProbeError):
    pass


class ProbeBusy(ProbeError):
    pass


class ProbeLimited(ProbeBusy):
    pass


class ProbeCancelled(ProbeError):
    pass


class HostChanged(ProbeError):
    pass
