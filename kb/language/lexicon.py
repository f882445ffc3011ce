"""The known names of concepts: finds them in text, tells senses apart, and looks a single name up.

Names are compared folded (case, white space, hyphens and width do not matter); the longest name at a place wins. Of grammar it knows one thing: `without_verb`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import add
from typing import NamedTuple

from kb.language.normalize import fold, fold_with_places, is_han
from kb.language.regex import regex
from kb.records import Concept

_VERBS = ("虚拟化", "隔离", "管理", "调度", "打包", "迁移", "部署", "编排")
_COMPLEMENT = regex(r"成(?!本)|出|为(?!了)|到|在|给|了")


class Match(NamedTuple):
    """`text[start:end]` names `concept_id`; half-open, in characters of the text searched."""

    start: int
    end: int
    concept_id: str


def written_otherwise(concept: Concept, word: str) -> bool:
    """Whether a lower-case word is a name of the concept but for its capitals (from, system): an ordinary word may be written like it."""
    written = {name for name in (concept.name, *concept.aliases) if name.lower() == word}
    return bool(written) and word not in written


def names_of(concepts: Iterable[Concept]) -> Iterator[str]:
    """Every name as written, for the tokenizer's dictionary."""
    return (name for concept in concepts for name in (concept.name, *concept.aliases))


class Lexicon:
    def __init__(self, concepts: Iterable[Concept]) -> None:
        self._concepts: dict[str, Concept] = {}
        self._names: dict[str, list[str]] = {}  # folded name -> concept ids, the usual sense (no cues) first
        self._lengths: dict[
            str, tuple[int, ...]
        ] = {}  # first two folded characters -> lengths of the folded names that begin so, longest first
        self._single: set[str] = set()  # folded names of one character
        self._written: tuple[str, ...] | None = None
        for concept in concepts:
            self._add(concept)
        for ids in self._names.values():
            ids.sort(key=lambda id_: bool(self._concepts[id_].cues))

    def _add(self, concept: Concept) -> None:
        self._concepts[concept.id] = concept
        for name in (concept.name, concept.name_en, *concept.aliases):
            key = fold(name) if name else ""
            if key and concept.id not in self._names.setdefault(key, []):
                self._names[key].append(concept.id)
                if len(key) == 1:
                    self._single.add(key)
                if len(key) not in self._lengths.setdefault(key[:2], ()):
                    self._lengths[key[:2]] = tuple(sorted((*self._lengths[key[:2]], len(key)), reverse=True))

    def __len__(self) -> int:
        return len(self._concepts)

    def __contains__(self, concept_id: str) -> bool:
        return concept_id in self._concepts

    def concept(self, concept_id: str) -> Concept:
        """:raises KeyError: no such id."""
        return self._concepts[concept_id]

    def concepts(self) -> tuple[Concept, ...]:
        return tuple(self._concepts.values())

    def names(self) -> tuple[str, ...]:
        """As `names_of`."""
        if self._written is None:
            self._written = tuple(names_of(self._concepts.values()))
        return self._written

    def folded_names(self) -> dict[str, list[str]]:
        """Folded name → concept ids (a view for fuzzy look-up; do not change it)."""
        return self._names

    def named(self, name: str, *, context: str = "") -> Concept | None:
        """The concept that bears exactly this name or id; `context` helps to choose among senses."""
        if name in self._concepts:
            return self._concepts[name]
        ids = self._names.get(fold(name))
        return self._concepts[self._sense(ids, context)] if ids else None

    def find(self, text: str, *, boundaries: Iterable[int] | None = None, context: str = "") -> tuple[Match, ...]:
        """Known names in `text`, left to right, longest first, never overlapping.

        `boundaries` are places where words begin or end; where given, a name of Han characters must begin and end at one
        (so 服务 is not found in 服务器 nor 应用 in 应用于). `context` is text around (heading, sentences before) whose words
        count as cues for a sense, less than those of `text` itself.
        """
        folded, places = fold_with_places(text)
        edges = boundaries if boundaries is None or isinstance(boundaries, set) else set(boundaries)
        matches: list[Match] = []
        free = 0  # where the names found so far end
        for index in self._beginnings(folded):
            if index < free:
                continue
            if edges is not None and places[index] not in edges and is_han(text[places[index]]):
                continue
            found = self._longest(text, folded, places, index, edges, matches[-1].end if matches else -1)
            if found is not None:
                length, ids = found
                start, end = places[index], places[index + length - 1] + 1
                matches.append(Match(start, end, self._sense(ids, text, context)))
                free = index + length
        return tuple(matches)

    def _beginnings(self, folded: str) -> list[int]:
        """Where a name may begin."""
        lengths = self._lengths
        found = [index for index, pair in enumerate(map(add, folded, folded[1:] + " ")) if pair in lengths]
        if not self._single.isdisjoint(folded):
            found = sorted({*found, *(index for index, character in enumerate(folded) if character in self._single)})
        return found

    def without_verb(self, match: Match, text: str) -> tuple[Match, ...]:
        """将CPU虚拟化成一块, 把虚拟机迁移到别处: the verb at the end of a name is a verb where a complement follows it; the names before it."""
        name = text[match.start : match.end]
        verb = next((verb for verb in _VERBS if name.endswith(verb) and len(name) > len(verb)), None)
        if verb is None or not _COMPLEMENT.match(text, match.end):
            return (match,)
        return tuple(Match(match.start + part.start, match.start + part.end, part.concept_id) for part in self.find(name[: -len(verb)]))

    def _longest(
        self, text: str, folded: str, places: tuple[int, ...], index: int, edges: set[int] | None, last_end: int
    ) -> tuple[int, list[str]] | None:
        for length in (*self._lengths.get(folded[index : index + 2], ()), *self._lengths.get(folded[index], ())):
            if length > len(folded) - index:
                continue
            ids = self._names.get(folded[index : index + length])
            if (
                ids
                and not _pieced_together(text[places[index] : places[index + length - 1] + 1])
                and _stands_alone(text, places[index], places[index + length - 1] + 1, edges, last_end)
            ):
                return length, ids
        return None

    def _sense(self, ids: list[str], text: str, context: str = "") -> str:
        """The sense with most cues in the text; without any cue the usual sense, which has none of its own."""
        if len(ids) == 1:
            return ids[0]
        near, far = fold(text), fold(context)

        def weight(id_: str) -> float:
            return sum((fold(cue) in near) + 0.5 * (fold(cue) in far) for cue in self._concepts[id_].cues)

        return max(ids, key=lambda id_: (weight(id_), -ids.index(id_)))


_LONG = 6  # letters of a name that is one also where another is glued to it


def _pieced_together(surface: str) -> bool:
    """`is a` is not the abbreviation ISA: a short Latin name is never spread over spaces."""
    return " " in surface and surface.isascii() and len(surface) <= 5 and not any(character.isdigit() for character in surface)


def _stands_alone(text: str, start: int, end: int, edges: set[int] | None, last_end: int) -> bool:
    before, first, last = text[start - 1 : start], text[start], text[end - 1]
    if _is_letter(first) and _is_letter(before) and last_end != start:
        return False
    if _is_letter(last) and not _ends_well(text, start, end):
        return False
    if edges is not None:
        if is_han(first) and start not in edges:
            return False
        if is_han(last) and end not in edges:
            return False
    return True


def _ends_well(text: str, start: int, end: int) -> bool:
    """An English name may be followed by a plural ending or a version number, or be glued to a capital (DockerDocker)."""
    rest = text[end : end + 3]
    if not _is_letter(rest[:1]):
        return True
    if rest[0].isupper() and text[end - 1].islower():  # DockerHub, but neither the Web of WebLogic nor the mac of macOS
        name = text[start:end].casefold()
        return end - start >= _LONG or text[end : end + len(name)].casefold() == name
    if rest[0].isdigit():
        return end - start >= 3 and not text[end - 1].isdigit()
    return rest[0] == "s" and not _is_letter(rest[1:2]) and end - start >= 2


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalnum()
