"""One comma-separated line a claim, for a spreadsheet: subject, relation, object, polarity, hedge, article, span, quote."""

from __future__ import annotations

import csv
import io

from kb.domain import Domain
from kb.store import Reader

MEDIA_TYPE = "text/csv"
SUFFIX = "csv"


def export(reader: Reader, domain: Domain) -> str:
    names = {concept.id: concept.name for concept in reader.concepts()}
    lines = io.StringIO()
    writer = csv.writer(lines)
    writer.writerow(["subject", "relation", "object", "polarity", "hedge", "condition", "article", "start", "end", "quote"])
    for claim in reader.claims():
        article = claim.sentence_id.rsplit("#", 1)[0]
        polarity = "affirmed" if claim.holds else "negated"
        cells = (names[claim.subject], claim.relation, names[claim.object], polarity, claim.hedge or "", claim.condition or "", article)
        writer.writerow([*map(_cell, cells), *claim.span, _cell(reader.quote(claim.sentence_id, claim.span))])
    return lines.getvalue()


def _cell(text: str) -> str:
    """A spreadsheet would run a cell that begins with one of these as a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
