"""The model applied to many sentences: the arcs that `nlp.pipe` finds, in less than half of the time.

What spaCy computes again and again is kept: the embedding of a word depends on the word and its tag alone. What nobody here asks for is left
out: rows between sentences that reach no word, attributes of words and of documents. And the parser's steps are taken from here, all
sentences together: its own loop gives Python's lock away and asks for it back several times a word, which takes half of its time.
Weights, states and transitions are spaCy's.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import numpy
from spacy.attrs import IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc

from kb.language.parser import Arc
from kb.language.parser.features import make_doc, word_seen

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from spacy.vocab import Vocab

    Floats = NDArray[numpy.float32]

_MOST_KEPT = 32_768  # words whose embeddings are kept: twelve megabytes
_LEAST_VARIANCE = 1e-8  # as in thinc's layer norm
_DECORATED = "||"  # in labels of arcs that have to be hung elsewhere (spaCy's pseudo-projective parsing)
_UNSIGNED = 2**64  # spaCy's string ids have no sign


class _Window:
    """A layer that sees each word between its neighbours."""

    def __init__(self, model: Any) -> None:
        maxout, norm = (_named(model, name) for name in ("maxout", "layernorm"))
        self._ops = model.ops
        weights = maxout.get_param("W")
        outputs, pieces, inputs = weights.shape
        # the pieces of all outputs one behind the other, so that the largest is found in whole rows
        self._weights = numpy.ascontiguousarray(weights.transpose(1, 0, 2).reshape(pieces * outputs, inputs))
        self._bias = maxout.get_param("b").T.reshape(-1)
        self._outputs, self._pieces = outputs, pieces
        self._scale, self._shift = norm.get_param("G"), norm.get_param("b")

    def of(self, windows: Floats) -> Floats:
        found: Floats = self._ops.gemm(windows, self._weights, trans2=True)
        found += self._bias
        pieces = [found[:, start : start + self._outputs] for start in range(0, self._pieces * self._outputs, self._outputs)]
        best = pieces[0].copy() if len(pieces) == 1 else numpy.maximum(pieces[0], pieces[1])
        for piece in pieces[2:]:
            numpy.maximum(best, piece, out=best)
        best -= best.mean(axis=1, keepdims=True)
        variance = numpy.einsum("ij,ij->i", best, best) / numpy.float32(self._outputs) + numpy.float32(_LEAST_VARIANCE)
        best *= (1 / numpy.sqrt(variance))[:, None]
        best *= self._scale
        best += self._shift
        result: Floats = best
        return result


def _named(model: Any, name: str) -> Any:
    return next(node for node in model.walk() if node.name == name)


class _Steps:
    """The transitions of a parser, each chosen by the first words of stack and buffer: what every word adds in every such place is computed
    once, a state's score is their sum."""

    def __init__(self, parser: Any, vocab: Vocab) -> None:
        self._parser = parser
        words, lower, upper = parser.model.layers
        self._linear, self._lower, self._ops = words.layers[-1], lower, lower.ops
        self._places = numpy.arange(lower.get_dim("nF"))
        self._width: int = lower.get_dim("nO") * lower.get_dim("nP")
        self._pieces: int = lower.get_dim("nP")
        self._hidden_bias = lower.get_param("b").reshape(-1)
        self._weights, self._bias = upper.get_param("W"), upper.get_param("b")
        self._looks = parser.model.predict([Doc(vocab, words=["x"])])  # of spaCy's own step it serves for what states look at

    def taken(self, docs: Sequence[Doc], vectors: Floats) -> list[Any]:
        """The final states of the sentences; `vectors` are those of their words, one behind the other."""
        states: list[Any] = self._parser.moves.init_batch(docs)
        cached = self._lower.predict(self._linear.predict(vectors)).reshape(-1, len(self._places), self._width)
        active = [state for state in states if not state.is_final()]
        while active:
            seen = self._looks.get_token_ids(active) + 1  # row 0 is that of an empty place
            hidden = cached[seen, self._places].sum(axis=1)
            hidden += self._hidden_bias
            best = hidden[:, :: self._pieces]
            for piece in range(1, self._pieces):
                best = numpy.maximum(best, hidden[:, piece :: self._pieces])
            scores = self._ops.gemm(numpy.ascontiguousarray(best), self._weights, trans2=True)
            scores += self._bias
            active = self._parser.transition_states(active, scores)
        return states


class Inference:
    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        tok2vec: Any = nlp.get_pipe("tok2vec")
        self._embed, encode = tok2vec.model.layers
        seen = {IDS[name] for name in _named(self._embed, "extract_features").attrs["columns"]}
        vocab: Any = nlp.vocab
        getters = vocab.lex_attr_getters  # a score of attributes, each of which is found out for each new word
        vocab.lex_attr_getters = {attribute: getter for attribute, getter in getters.items() if attribute in seen}
        self._layers = [_Window(node) for node in encode.walk() if node.layers and node.layers[0].name == "expand_window"]
        self._width: int = encode.get_dim("nO")
        self._parser: Any = nlp.get_pipe("parser")
        self._steps = _Steps(self._parser, nlp.vocab)
        tagger: Any = nlp.get_pipe("morphologizer")
        softmax = _named(tagger.model, "softmax")
        self._kinds, self._bias = softmax.get_param("W"), softmax.get_param("b")
        self._upos = [nlp.vocab.strings[tagger.cfg["labels_pos"][label]] for label in tagger.labels]
        self._labels: dict[int, str] = {}
        self._places: dict[tuple[str, str], int] = {}
        self._embeddings: Floats = numpy.empty((1024, self._width), dtype=numpy.float32)
        self._lock = threading.Lock()  # of what is kept

    def arcs(self, sentences: Sequence[tuple[Sequence[str], frozenset[int]]]) -> list[tuple[Arc, ...]]:
        """Of each sentence (its words, and the indices of those that name a thing) the arcs of its words, in order."""
        full = [number for number, (words, _) in enumerate(sentences) if words]
        sizes = [len(sentences[number][0]) for number in full]
        if not full:
            return [() for _ in sentences]
        seen = [
            word_seen(word, index in names) for number in full for words, names in [sentences[number]] for index, word in enumerate(words)
        ]
        with self._lock:
            embedded = self._embedded(seen)
        vectors = self._encoded(embedded, sizes)
        kinds = (self._parser.model.ops.gemm(vectors, self._kinds, trans2=True) + self._bias).argmax(axis=1).tolist()
        places = list(accumulate(sizes, initial=0))
        states = self._steps.taken([self._document(size) for size in sizes], vectors)
        found: list[tuple[Arc, ...]] = [() for _ in sentences]
        for number, (start, end), state in zip(full, pairwise(places), states, strict=True):
            found[number] = self._read(state, [self._upos[kind] for kind in kinds[start:end]], sentences[number])
        return found

    def _embedded(self, seen: Sequence[tuple[str, str]]) -> Floats:
        """Row by row the embeddings of words with their tags."""
        places = self._places
        new = [word for word in dict.fromkeys(seen) if word not in places]
        if len(places) + len(new) > _MOST_KEPT and places:
            places.clear()
            new = list(dict.fromkeys(seen))
        if new:
            doc = Doc(self._nlp.vocab, words=[word for word, _ in new], spaces=[False] * len(new), tags=[tag for _, tag in new])
            (rows,) = self._embed.predict([doc])
            first = len(places)
            places.update(zip(new, range(first, first + len(new)), strict=True))
            if len(places) > len(self._embeddings):
                grown: Floats = numpy.empty((2 * len(places), self._width), dtype=numpy.float32)
                grown[:first] = self._embeddings[:first]
                self._embeddings = grown
            self._embeddings[first : len(places)] = rows
        return self._embeddings[[places[word] for word in seen]]

    def _encoded(self, embedded: Floats, sizes: Sequence[int]) -> Floats:
        """The vectors of the words in their sentences. Around each sentence stand as many empty rows as there are layers, as in training;
        a layer is computed no farther from the words than later layers see."""
        depth = len(self._layers)
        sizes_ = numpy.asarray(sizes)
        firsts = depth + numpy.concatenate(([0], numpy.cumsum(sizes_ + depth)[:-1]))
        total = int(sizes_.sum()) + depth * (len(sizes) + 1)
        rows: Floats = numpy.zeros((total, self._width), dtype=numpy.float32)
        words = _spans(firsts, sizes_, 0)
        rows[words] = embedded
        empty: Any = numpy.zeros((1, self._width), dtype=numpy.float32)  # a row that has seen no word yet
        for number, layer in enumerate(self._layers, start=1):
            reach = min(number, depth - number)
            near = _spans(firsts, sizes_, reach)
            width = self._width
            windows: Floats = numpy.empty((len(near), 3 * width), dtype=numpy.float32)
            windows[:, :width], windows[:, width : 2 * width], windows[:, 2 * width :] = rows[near - 1], rows[near], rows[near + 1]
            changed: Floats = rows[near] + layer.of(windows)
            empty += layer.of(numpy.concatenate((empty, empty, empty), axis=1))
            rows[:] = empty
            rows[near] = changed
        return rows[words]

    def _document(self, size: int) -> Doc:
        """One sentence of so many words, whichever they are: their vectors say what the parser asks."""
        starts: list[bool | int | None] = [index == 0 for index in range(size)]
        return Doc(self._nlp.vocab, words=["x"] * size, spaces=[False] * size, sent_starts=starts)

    def _read(self, state: Any, upos: Sequence[str], sentence: tuple[Sequence[str], frozenset[int]]) -> tuple[Arc, ...]:
        heads, deprels = list(range(len(upos))), ["root"] * len(upos)
        for arc in state.arcs:
            label = self._label(arc["label"])
            if _DECORATED in label:
                return self._hung_anew(state, upos, sentence)
            heads[arc["child"]], deprels[arc["child"]] = arc["head"], label
        return tuple(map(Arc, range(len(upos)), heads, deprels, upos))

    def _hung_anew(self, state: Any, upos: Sequence[str], sentence: tuple[Sequence[str], frozenset[int]]) -> tuple[Arc, ...]:
        doc = make_doc(self._nlp.vocab, *sentence)
        self._parser.set_annotations([doc], [state])
        rows = doc.to_array(["HEAD", "DEP"]).astype("int64").tolist()  # HEAD counts from the word itself
        return tuple(
            Arc(index, index + offset, self._label(label % _UNSIGNED) if offset else "root", upos[index])
            for index, (offset, label) in enumerate(rows)
        )

    def _label(self, id_: int) -> str:
        label = self._labels.get(id_)
        if label is None:
            label = self._labels[id_] = self._nlp.vocab.strings[id_]
        return label


def _spans(firsts: NDArray[numpy.int64], sizes: NDArray[numpy.int64], reach: int) -> NDArray[numpy.int64]:
    """The rows of the sentences that begin at `firsts`, with `reach` rows before and behind each."""
    wide = sizes + 2 * reach
    ends = numpy.cumsum(wide)
    found: NDArray[numpy.int64] = numpy.arange(ends[-1]) + numpy.repeat(firsts - reach - (ends - wide), wide)
    return found
