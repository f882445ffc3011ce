"""「你知道什么?」「知识库里有哪些文章?」「《容器》这篇文章讲了什么?」「What do you know?」 About the knowledge base itself and its articles."""

from __future__ import annotations

import re
from collections import Counter

from kb.language.normalize import fold
from kb.language.regex import regex
from kb.qa.finding.retrieval import tidy
from kb.qa.sources import Sources
from kb.qa.telling.drafting import Draft
from kb.qa.wording import quoted, say
from kb.records import Answer, Question
from kb.store import ArticleSummary

CUES = regex(
    r"你(?:都)?(?:知道|懂|会|能回答)(?:些)?什么|你是谁|你能(?:做|干)什么|(?:知识库|这里)(?:里面?)?(?:都|总共|一共)?(?:有|收录了?)(?:哪些|什么|多少|几)(?:篇|个|条)?(?:文章|内容|知识|资料)|(?:你|这里)(?:都)?(?:能|会|可以)?(?:回答|解答)(?:哪些|什么)(?:样的)?问题|^(?:你的?|知识库的?)?(?:数据|资料|答案|内容|知识)的?(?:来源|出处)(?:是|有|在|$)|有哪些文章|(?:这|那)?篇文章.{0,6}(?:讲|说|写|介绍)(?:了)?(?:些)?什么"
    r"|(?:讲|写|介绍|关于).{1,20}?的?(?:那|这)一?篇(?:文章)?.{0,6}(?:讲|说|写|介绍)(?:了)?(?:些)?什么"
    r"|what do you know|what can you (?:do|answer)|who are you|which articles|what articles|what does the article|what is the article\b|summari[sz]e the article"
)
_TITLE = regex(r"[《「“\"](?P<title>[^》」”\"]{1,60})[》」”\"]")
_ONE_ARTICLE = regex(r"篇|\b(?:the|that|this) article\b", re.I)
_MOST = 8


def fits(text: str, concepts: tuple[str, ...]) -> float:
    return 0.97 if CUES.search(text) else 0.0


def answer(question: Question, sources: Sources) -> Answer:
    article = _named(question.text, sources)
    return _article(question, article, sources) if article else _everything(question, sources)


def _named(text: str, sources: Sources) -> ArticleSummary | None:
    """By a title between quotation marks, which may be part of one; else by the longest title that stands in a question on one article."""
    match = _TITLE.search(text)
    articles = sources.reader.articles()
    if match is not None:
        fitting = [article for article in articles if fold(match["title"]) in fold(article.title)]
        return min(fitting, key=lambda article: len(article.title), default=None)
    asked = fold(text) if _ONE_ARTICLE.search(text) else ""
    return max((a for a in articles if fold(a.title) in asked), key=lambda article: len(article.title), default=None)


def _everything(question: Question, sources: Sources) -> Answer:
    counts = sources.reader.counts()
    mentions = Counter(
        {sources.name(id_, question.language): n for id_, n in sources.reader.mention_counts().items() if id_ in sources.lexicon}
    )
    names = say("comma", question.language).join(name for name, _ in mentions.most_common(12))
    titles = say("comma", question.language).join(
        say("title", question.language, title=article.title) for article in sources.reader.articles()[:_MOST]
    )
    text = say(
        "meta",
        question.language,
        articles=str(counts["article"]),
        concepts=str(len(mentions)),
        claims=str(counts["claim"]),
        names=names,
        titles=titles,
    )
    return Draft(question, sources).done(text, with_paths=False)


def _article(question: Question, article: ArticleSummary, sources: Sources) -> Answer:
    """The first sentence under each heading."""
    draft = Draft(question, sources)
    seen: set[str | None] = set()
    pieces: list[str] = []
    sentences = sources.reader.sentences(article_id=article.id)
    headings = {sentence.heading for sentence in sentences}
    for sentence in sentences:
        if sentence.heading in seen or sentence.text in headings or len(pieces) >= _MOST:
            continue
        seen.add(sentence.heading)
        label = f"{quoted(sentence.heading, question.language)}{say('colon', question.language)}" if sentence.heading else ""
        pieces.append(f"{label}{quoted(tidy(sentence.text)[:80], question.language)}[{draft.cite(sentence)}]")
    return draft.done("\n".join(pieces), with_paths=False)
