"""A real cluster of two worker processes gives what one process gives, file by file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from distributed import Client, LocalCluster
from pyarrow import parquet
from typer.testing import CliRunner

from gridsvc.cli import locate
from gridsvc.core.errors import ServiceUnavailable, UnreadableFile
from gridsvc.geography.bulklocate import cluster
from gridsvc.geography.bulklocate.cluster import locate_on_cluster
from gridsvc.geography.bulklocate.files import Job, jobs_for, locate_file
from gridsvc.geography.bulklocate.totals import Totals
from tests.fixtures.layers import write_geojson
from tests.geography.bulklocate.nets import CODES, DEGREES, GRIDS, pictured_net, places_csv

COLUMNS = replace(DEGREES, with_border_distance=True)
FILES, ROWS = 5, 3000


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes on this machine."""
    with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1", silence_logs=50
    ) as started:
        yield started.scheduler_address


def parquet_files(folder: Path) -> list[Path]:
    random = np.random.default_rng(9)
    folder.mkdir()
    made = []
    for number in range(FILES):
        x, y = random.uniform(117.379, 117.384, ROWS).round(7), random.uniform(32.926, 32.931, ROWS).round(7)
        x[:3] = np.nan
        path = folder / f"part-{number}.parquet"
        parquet.write_table(pa.table({"id": [f"{row:05}" for row in range(ROWS)], "x": x, "y": y}), path)
        made.append(path)
    return made


def with_rejects(jobs: list[Job]) -> list[Job]:
    return [replace(job, rejects=job.output.with_suffix(".rejects")) for job in jobs]


def test_two_workers_answer_as_one_process_does(tmp_path: Path, scheduler: str) -> None:
    sources = parquet_files(tmp_path / "in")
    many, one = (with_rejects(jobs_for(sources, tmp_path / name)) for name in ("many", "one"))
    steps: list[tuple[int, int]] = []
    spread = locate_on_cluster(
        scheduler, many, pictured_net(), COLUMNS, advance=lambda done, of: steps.append((done, of))
    )
    alone = sum((locate_file(job, pictured_net(), COLUMNS) for job in one), Totals())
    assert replace(spread, rejects=()) == replace(alone, rejects=())
    assert set(spread.rejects) == set(alone.rejects)
    assert (spread.files, spread.rows, spread.rejected) == (FILES, FILES * ROWS, FILES * 3)
    assert steps == [(number, FILES) for number in range(1, FILES + 1)]
    for there, here in zip(many, one, strict=True):
        assert there.output.read_bytes() == here.output.read_bytes()
        assert there.rejects is not None
        assert here.rejects is not None
        assert there.rejects.read_text() == here.rejects.read_text()


def test_the_index_is_on_both_workers_once(tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[int] = []
    scatter = Client.scatter

    def watched(self: Client, *given: object, **options: object) -> object:
        spread = scatter(self, *given, **options)  # type: ignore[no-untyped-call]
        held.append(max(len(workers) for workers in self.who_has(spread).values()))  # type: ignore[no-untyped-call]
        return spread

    monkeypatch.setattr(Client, "scatter", watched)
    locate_on_cluster(scheduler, jobs_for(parquet_files(tmp_path / "in"), tmp_path / "out"), pictured_net(), COLUMNS)
    assert held == [2]


def test_the_command_works_on_the_cluster(tmp_path: Path, scheduler: str) -> None:
    sources = parquet_files(tmp_path / "in")
    net = write_geojson(tmp_path / "net.geojson", list(GRIDS.values()), {"code": list(CODES.values())})
    how = ["--x-field", "x", "--y-field", "y", "--crs", "EPSG:4326", "--net", net, "--net-crs", "EPSG:4326"]
    done = CliRunner().invoke(
        locate.app,
        [str(one) for one in (*sources, "-o", tmp_path / "out", *how, "--code-field", "code", "--json")]
        + ["--scheduler", scheduler, "--rejects", str(tmp_path / "rejects.csv")],
    )
    told = json.loads(done.stdout)
    assert (done.exit_code, told["files"], told["rows"], told["rejected"]) == (1, FILES, FILES * ROWS, FILES * 3)
    assert len(list((tmp_path / "out").iterdir())) == FILES
    assert len((tmp_path / "rejects.csv").read_text("utf-8").splitlines()) == 1 + FILES * 3


def test_a_bad_file_is_told_by_its_name(tmp_path: Path, scheduler: str) -> None:
    good = places_csv(tmp_path / "good.csv")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1 and no more")
    jobs = jobs_for([good, tmp_path / "bad.parquet"], tmp_path / "out")
    with pytest.raises(UnreadableFile, match=r"bad\.parquet"):
        locate_on_cluster(scheduler, jobs, pictured_net(), COLUMNS)
    assert not (tmp_path / "out" / "bad.parquet").exists()


def test_no_scheduler_is_told_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE_S", 1)
    jobs = jobs_for([places_csv(tmp_path / "in.csv")], tmp_path / "out.csv")
    with pytest.raises(ServiceUnavailable, match="cannot be reached"):
        locate_on_cluster("tcp://127.0.0.1:1", jobs, pictured_net(), COLUMNS)
