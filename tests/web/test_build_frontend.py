from __future__ import annotations

import json
from pathlib import Path

import pytest

from web import build_frontend
from web.build_frontend import FILES, WEB, BuildFailed, build, main


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like web/, in which npm has nothing to do: the packages are there already."""
    (tmp_path / "package-lock.json").write_text("{}")
    for source in FILES:
        path = tmp_path / "node_modules" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("code();\n//# sourceMappingURL=code.js.map\n")
    monkeypatch.setattr(build_frontend, "_install", lambda web: None)
    return tmp_path


def test_the_files_arrive_without_their_maps(web: Path) -> None:
    assert build(web) is True
    for name in FILES.values():
        assert (web / "static" / "lib" / name).read_text() == "code();\n"


def test_nothing_is_done_again_until_the_lock_changes(web: Path) -> None:
    build(web)
    assert build(web) is False
    (web / "package-lock.json").write_text('{"other": 1}')
    assert build(web) is True


def test_a_failure_keeps_what_was_there(web: Path) -> None:
    build(web)
    (web / "package-lock.json").write_text('{"other": 1}')
    (web / "node_modules" / next(iter(FILES))).unlink()
    with pytest.raises(BuildFailed):
        build(web)
    assert (web / "static" / "lib" / "sigma.min.js").is_file()


def test_a_failing_build_says_so_and_does_not_stop_the_set_up(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail() -> bool:
        raise BuildFailed("no network")

    monkeypatch.setattr(build_frontend, "build", fail)
    assert main([]) == 0 and main(["--strict"]) == 1
    assert "no network" in capsys.readouterr().err


def test_the_lock_names_no_address_and_every_library_by_its_hash() -> None:
    text = (WEB / "package-lock.json").read_text()
    assert "://" not in text
    packages = {name: entry for name, entry in json.loads(text)["packages"].items() if name}
    assert {"node_modules/sigma", "node_modules/graphology"} <= set(packages)
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
