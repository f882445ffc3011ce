"""The two languages of the interface: Chinese stands in the templates themselves, English in `translations/en/…/messages.po`.

The catalogue is compiled in memory when the application starts, so that no compiled file must be kept or built.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, request
from flask_babel import Babel, Domain, get_locale, gettext

from kb.records import Language

LANGUAGES = ("zh", "en")
CATALOGUES = Path(__file__).parent / "translations"
_COOKIE = "lang"
_YEAR = 365 * 24 * 3600  # seconds


class Catalogues(Domain):  # type: ignore[misc]
    """A Flask-Babel domain that reads `.po` files instead of compiled ones."""

    def __init__(self) -> None:
        super().__init__()
        self._loaded = {language: load_catalogue(language) for language in LANGUAGES}

    def get_translations(self) -> NullTranslations:
        return self._loaded[language()]


def load_catalogue(language: str) -> NullTranslations:
    """The translations into `language`; the texts as they stand where there is no catalogue (Chinese)."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.is_file():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def set_up(app: Flask) -> None:
    babel = Babel(app, default_locale="zh", locale_selector=wanted)
    babel.__dict__["domain_instance"] = Catalogues()  # the cached property that every look-up goes through
    app.after_request(_remember)
    app.jinja_env.globals.update(language=language, pick=pick)


def wanted() -> str:
    """`?lang=`, then the choice made earlier; a program is answered in the language it accepts, a person in Chinese."""
    for choice in (request.args.get(_COOKIE), request.cookies.get(_COOKIE)):
        if choice in LANGUAGES:
            return str(choice)
    if request.path.startswith("/api/"):
        return request.accept_languages.best_match(["zh", "en"], default="zh") or "zh"
    return "zh"


def language() -> Language:
    """`zh` or `en`, for the request being answered."""
    locale = get_locale()
    return "en" if locale is not None and locale.language == "en" else "zh"


def pick(pair: tuple[str, str] | None) -> str:
    """Of a (zh, en) pair the one to show."""
    return "" if pair is None else pair[language() == "en"]


def text(message: str, **values: Any) -> str:
    """A message of the catalogue, for code; templates write `_()`."""
    return str(gettext(message, **values))


def _remember(response: Response) -> Response:
    choice = request.args.get(_COOKIE)
    if choice in LANGUAGES:
        response.set_cookie(_COOKIE, str(choice), max_age=_YEAR, samesite="Lax", httponly=True)
    return response
