"""The table and the plot of the locating benchmark."""

from pathlib import Path

from benchmarks.frame import Figures, say

SIZES = ("2461", "100000")
ENGINES = {
    "this engine, sorted points": ("sorted_1t", "sorted_2t"),
    "this engine": ("random_1t", "random_2t"),
    "geopandas.sjoin": ("sjoin_random_1t", None),
    "shapely STRtree": ("strtree_random_1t", None),
    "DuckDB spatial": ("duckdb_random_1t", "duckdb_random_2t"),
    "SedonaDB": ("sedonadb_random_1t", "sedonadb_random_2t"),
    "PostGIS": ("postgis_random_1t", "postgis_random_2t"),
    "bare reading": ("gather_random", None),
    "bare reading, sorted points": ("gather_sorted", None),
}


def write_report(figures: Figures, folder: Path | None) -> None:
    """Tells the table and, given a folder, writes it there as `locating-figures.md` with the plot beside it."""
    table = "\n".join(_rows(figures))
    say(table)
    if folder is not None:
        rest = "\n".join(f"| {name} | {value:g} |" for name, value in figures.items() if not name.endswith("m_per_s"))
        text = (
            "# Figures of the locating engine\n\nWritten by `scripts/bench locate`; what they mean is in "
            "[locating.md](locating.md). Million points a second, clustered points of the synthetic city.\n\n"
            f"{table}\n\n![Million points a second by engine](images/locating.png)\n\n"
            f"| figure | value |\n|---|---|\n{rest}\n"
        )
        (folder / "locating-figures.md").write_text(text, encoding="utf-8")
        _plot(figures, folder / "images" / "locating.png")


def _rows(figures: Figures) -> list[str]:
    rows = ["| engine | threads | 2,461 grids | × | 100,000 grids | × |", "|---|---|---|---|---|---|"]
    for name, variants in ENGINES.items():
        for threads, variant in enumerate(variants, 1):
            if variant is None:
                continue
            row = f"| {name} | {threads} "
            for size in SIZES:
                speed = figures[f"{variant}_{size}_m_per_s"]
                row += f"| {speed:.3g} | {figures[f'random_1t_{size}_m_per_s'] / speed:.3g} "
            rows.append(row + "|")
    return rows


def _plot(figures: Figures, file: Path) -> None:
    import matplotlib

    matplotlib.use("agg")
    from matplotlib import pyplot

    picture, axes = pyplot.subplots(figsize=(8, 4.5))
    names = list(ENGINES)
    for number, size in enumerate(SIZES):
        speeds = [figures[f"{ENGINES[name][0]}_{size}_m_per_s"] for name in names]
        places = [place + (number - 0.5) * 0.38 for place in range(len(names))]
        bars = axes.barh(places, speeds, height=0.36, label=f"{int(size):,} grids")
        axes.bar_label(bars, fmt="%.3g", padding=2, fontsize=7)
    axes.set_yticks(range(len(names)), names)
    axes.invert_yaxis()
    axes.set_xscale("log")
    axes.set_xlabel("million points a second, one thread")
    axes.legend()
    file.parent.mkdir(parents=True, exist_ok=True)
    picture.savefig(file, dpi=120, bbox_inches="tight")
