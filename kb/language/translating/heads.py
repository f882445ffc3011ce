"""Noun phrases up to their head: determiners, numbers, adjectives, nouns before nouns, names."""

from __future__ import annotations

from collections.abc import Iterator

from kb.language.regex import regex
from kb.language.translating.compounds import made_up
from kb.language.translating.tables import grammar
from kb.language.translating.tokens import Piece, Pieces, Reading, glued, keep
from kb.language.translating.vocabulary import UNITS, adjectives, adverbs, is_function_word, nouns, prepositions, verbs
from kb.language.vocabulary import in_chinese

_NUMBER = regex(r"\d[\d.,]*(?:st|nd|rd|th|s|x)?%?")
_YEAR = regex(r"(?:19|20)\d\d")
_UNKNOWN, _UNKNOWN_NAME = 2.5, 1.0  # the cost of a word that no table holds, of one that looks like a name (btrfs)
_ORDINARY_ENDING = regex(r"..(?:ly|ing|ed|tions?|ments?|able|ness|ful|ous|ives?|ity|ism|ies)$")
_NEGATED = "没有"


def bare(r: Reading, i: int) -> Pieces:
    """A phrase up to its head."""
    return r.once(("bare", i), lambda: _with_determiner(r, i), {})


def _with_determiner(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    for end, chinese in r.entries(i, grammar("pronoun")):
        keep(found, end, Piece(0.3 if r.word(i) in grammar("determiner") else 0.05, chinese, "pronoun"))
    for end, piece in core(r, i).items():
        keep(found, end, piece)
    for middle, determiner in r.entries(i, grammar("determiner")):
        for end, piece in bare(r, middle).items():
            if piece.mark != "pronoun" or r.word(middle) in ("one", "ones"):
                mark = "no" if determiner == _NEGATED else "most" if r.words(i, middle) == "the most" else piece.mark
                keep(found, end, Piece(piece.cost, glued(determiner, piece.chinese), mark))
    return found


def core(r: Reading, i: int) -> Pieces:
    """Adjectives, numbers and nouns, and the noun that they belong to."""
    return r.once(("core", i), lambda: _headed(r, i), {})


def _headed(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    if r.word(i) in ("one", "ones") and i:
        found[i + 1] = Piece(0.3, "", "pronoun")
    for end, head in heads(r, i).items():
        keep(found, end, head)
        for last, rest in core(r, end).items():
            plural = 0.9 if head.mark == "plural" else 0.1  # containers use: rather what they do than a use of theirs
            keep(found, last, Piece(head.cost + rest.cost + plural, glued(head.chinese, rest.chinese), rest.mark))
    for end, modifier in _modifiers(r, i):
        for last, rest in core(r, end).items():
            apart = "个" if modifier.mark == "number" and not rest.chinese.startswith(tuple(UNITS)) else ""
            keep(found, last, Piece(modifier.cost + rest.cost, glued(modifier.chinese, apart, rest.chinese), rest.mark))
    return found


def _modifiers(r: Reading, i: int) -> Iterator[tuple[int, Piece]]:
    word = r.word(i)
    for end, chinese in (*r.entries(i, grammar("bound")), *r.entries(i, grammar("times"))):
        if r.words(i, end) in grammar("times"):
            yield end, Piece(0.1, chinese)
        else:
            yield from (
                (last, number._replace(chinese=chinese + number.chinese)) for last, number in _modifiers(r, end) if number.mark == "number"
            )
    for end, chinese in r.entries(i, grammar("number")):
        yield end, Piece(0.05, chinese, "number")
    if _NUMBER.fullmatch(word):
        yield i + 1, Piece(0.05, r.tokens[i].text, "number")
    for end, meant in r.entries(i, adjectives()):
        if not meant.preposition:
            chinese = ("", "更", "最")[meant.degree] + meant.chinese
            yield end, Piece(0.1, chinese + "的" * bool(meant.degree))
    if word in ("more", "most", "less", "least", "very", "too", "so", "quite", "fairly", "how"):
        degree = {"more": "更", "most": "最", "less": "更不", "least": "最不", "very": "很", "too": "太"}.get(word, "")
        for end, meant in r.entries(i + 1, adjectives()):
            if meant.preposition:
                continue
            yield end, Piece(0.15, f"{degree}{meant.chinese}的")
    elif word in adverbs() and word not in adjectives():
        for end, modifier in _modifiers(r, i + 1):
            yield end, Piece(modifier.cost + 0.2, adverbs()[word] + modifier.chinese, modifier.mark)
    if i < r.size and (made := made_up(r.tokens[i].text)) is not None:
        yield i + 1, Piece(0.4, made)
    for verb in verbs().get(word, ()):
        if verb.form == "participle" and "{" not in verb.chinese and word not in adjectives():
            yield i + 1, Piece(0.35, verb.chinese)
        elif verb.form == "ing" and "{" not in verb.chinese:
            yield i + 1, Piece(0.6, verb.chinese + "的")
    if word in (",", "and") and i and r.word(i - 1) in adjectives():  # old, slow disks
        yield from _modifiers(r, i + 1)


def heads(r: Reading, i: int) -> Pieces:
    """Nouns, and what may be one, as they stand here."""
    return r.once(("heads", i), lambda: _heads(r, i), {})


def _title(r: Reading, i: int) -> Iterator[tuple[int, str]]:
    """World Cup: words with capitals in a row are a name, whatever they mean."""
    end = i
    while end < r.size and r.tokens[end].text[0].isupper() and end not in r.names:
        end += 1
    if end - i > 1 and i > 0 and i - 1 not in r.names:
        yield end, " ".join(token.text for token in r.tokens[i:end])


def _heads(r: Reading, i: int) -> Pieces:
    found: Pieces = {}
    if i >= r.size:
        return found
    token = r.tokens[i]
    for end, name in r.names.get(i, ()):
        many = "plural" if r.word(end - 1).endswith("s") and end - i == 1 and token.text.islower() else "name"
        keep(found, end, Piece(0.0, name, many))
    for end, chinese in _title(r, i):
        keep(found, end, Piece(0.0, chinese, "name"))
    proper = i > 0 and token.text[0].isupper() and not token.text.isupper()  # Windows, no windows
    for end, (chinese, plural) in r.entries(i, nouns()) if not proper else ():
        if not any(last == end for last, _ in r.names.get(i, ())):
            keep(found, end, Piece(0.05 if not is_function_word(token.word) else 1.5, chinese, "plural" if plural else "noun"))
    if i + 1 in found or is_function_word(token.word) or not token.word[0].isalnum():
        return found
    if _NUMBER.fullmatch(token.word):
        keep(found, i + 1, Piece(0.2, f"{token.text}年" if _YEAR.fullmatch(token.text) else token.text, "number"))
    elif (made := made_up(token.text)) is not None and "-" in token.text:
        keep(found, i + 1, Piece(0.3, made, "noun"))
    elif not token.text.islower() or any(
        map(str.isdigit, token.text)
    ):  # a name that nothing knows: written with capitals, digits, a sign between
        plain = i == 0 and token.text.istitle()
        keep(found, i + 1, Piece(1.5 if plain else 0.3, token.text, "name"))
    elif token.word in verbs():
        chinese = verbs()[token.word][0].chinese
        if "{" not in chinese:
            keep(found, i + 1, Piece(0.5, chinese, "noun"))
    elif token.word not in prepositions() and token.word not in adverbs() and token.word not in adjectives():
        meant = in_chinese(token.word) or tuple(filter(None, (made_up(token.text),)))
        unknown = _UNKNOWN if _ORDINARY_ENDING.search(token.word) else _UNKNOWN_NAME
        keep(found, i + 1, Piece(0.6 if meant else unknown, meant[0] if meant else token.text, "noun" if meant else "unknown"))
    return found
