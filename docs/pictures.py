"""Draw the pictures of the README and the documentation anew, light and dark, from pages of the examples.

It needs Chromium and the extra `plot`; where Pillow is there too, the files are smaller.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import gongkai
from gongkai import charts, examples, views

SIZE = (1152, 928)
SCALE = 1.5
STATIC = Path(__file__).resolve().parent / "_static"


def main() -> int:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium here")
        return 1
    diff = gongkai.diff(examples.load("chenghu-2023"), examples.load("chenghu-2024"))
    three = [examples.load(f"chenghu-2025-{name}") for name in ("base", "ours", "theirs")]
    draw(browser, "diff", views.page(diff), "light", "dark")
    draw(browser, "merge", views.page(gongkai.merge(*three)), "light")
    years = [examples.load(f"chenghu-{year}") for year in (2022, 2023, 2024)]
    draw(browser, "report", views.report(years), "light")
    draw_charts(years)
    return 0


def draw_charts(years: list[gongkai.Plan]) -> None:
    """The charts of the page on them; vl-convert makes pictures of them without a browser."""
    city = examples.load("lanjiang-2024")
    covers = [gongkai.coverage(city, examples.load(name)) for name in ("chenghu-2024", "songping-2024")]
    made = {
        "departments": charts.departments(years, limit=14),
        "deadlines": charts.deadlines(years[2]),
        "flow": charts.flow(gongkai.trace(years), by="section"),
        "coverage": charts.coverage(covers, limit=16),
        "network": charts.network(years[2]),
    }
    for name, chart in made.items():
        picture = STATIC / f"chart-{name}.png"
        chart.save(str(picture), scale_factor=1.5)
        shrink(picture)
        print(picture.name)


def draw(browser: str, name: str, page: str, *themes: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for theme in themes:
            file = Path(folder) / f"{theme}.html"
            file.write_text(page.replace("<html ", f'<html data-theme="{theme}" ', 1), encoding="utf-8")
            picture = STATIC / f"{name}-{theme}.png"
            options = [f"--window-size={SIZE[0]},{SIZE[1]}", f"--force-device-scale-factor={SCALE}"]
            options += ["--headless", "--no-sandbox", "--hide-scrollbars", f"--screenshot={picture}"]
            subprocess.run([browser, *options, file.as_uri()], check=True, stderr=subprocess.DEVNULL)
            shrink(picture)
            print(picture.name)


def shrink(picture: Path) -> None:
    try:
        from PIL import Image
    except ImportError:
        return
    with Image.open(picture) as drawn:
        fewer = drawn.convert("RGB").quantize(256, kmeans=2, dither=Image.Dither.NONE)
    fewer.save(picture, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
