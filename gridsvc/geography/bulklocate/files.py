"""Locating the points of one file: read, answered on several threads and written in order on another,
a few parts at a time.

The kernel and pyarrow let go of Python's lock, so threads use all cores and share one index.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from gridsvc.core.errors import GridsvcError, InvalidInput
from gridsvc.geography.bulklocate.columns import Columns
from gridsvc.geography.bulklocate.formats import CSV, format_of, open_source
from gridsvc.geography.bulklocate.locating import CodedIndex, Located, locate_part, output_schema
from gridsvc.geography.bulklocate.parts import Part, Source
from gridsvc.geography.bulklocate.points import Reading, reading_of
from gridsvc.geography.bulklocate.sinks import Write, open_sink
from gridsvc.geography.bulklocate.totals import RejectFile, Totals, reject_file

# Told after each part: how far reading got, and of how much (bytes of a CSV file, rows of a Parquet file).
Advance = Callable[[int, int], None]


@dataclass(frozen=True)
class Job:
    """One file to read and the one to write; rejected rows are written to `rejects`, if that is given."""

    source: Path
    output: Path
    rejects: Path | None = None


def cores() -> int:
    """The number of cores this process may use."""
    return len(os.sched_getaffinity(0))


def jobs_for(sources: list[Path], output: Path) -> list[Job]:
    """What is read and written: one file to `output`, or each file to one of its name in the folder `output`.

    Raises InvalidInput for names that come twice, for unknown endings, and for output that would overwrite its input.
    """
    if len(sources) == 1 and not output.is_dir() and output.suffix:
        jobs = [Job(sources[0], output)]
    else:
        jobs = [Job(source, output / source.name) for source in sources]
    names = [job.output.name for job in jobs]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInput(f"Two files have the same name: {', '.join(twice)}.")
    for job in jobs:
        format_of(job.source)
        format_of(job.output)
        if job.output.resolve() == job.source.resolve():
            raise InvalidInput(f"{job.source} would be overwritten; write to another file or folder.")
    return jobs


def locate_file(
    job: Job, net: CodedIndex, columns: Columns, *, threads: int | None = None, advance: Advance | None = None
) -> Totals:
    """Writes the rows of a file with their grids; memory is bounded by a few parts for each thread.

    Raises InvalidInput, UnknownDatum or UnreadableFile if the file as a whole cannot be used; nothing is written then.
    """
    columns.check()
    with _named(job.source), open_source(job.source, columns.encoding) as source:
        reading = reading_of(source.schema, columns)
        delimiter = source.delimiter if format_of(job.source) == format_of(job.output) == CSV else ","
        job.output.parent.mkdir(parents=True, exist_ok=True)
        with (
            open_sink(job.output, output_schema(source.schema, columns), delimiter=delimiter) as write,
            reject_file(job.rejects) as rejects,
        ):
            total = Totals(files=1)
            for done, counts in _written(
                _answered(source, reading, net, columns, threads or cores()),
                lambda done: _write_part(done, job, write, rejects),
            ):
                total += counts
                if advance is not None:
                    advance(done.done, source.size)
    return total


def _answered(source: Source, reading: Reading, net: CodedIndex, columns: Columns, threads: int) -> Iterator[Located]:
    """The parts with their answers, in order; not more of them are under way than threads can take up at once."""

    def answer(part: Part) -> Located:
        return locate_part(part, reading, net, columns)

    waiting: deque[Future[Located]] = deque()
    pool = ThreadPoolExecutor(threads, thread_name_prefix="locate")
    try:
        for part in source.parts:
            waiting.append(pool.submit(answer, part))
            if len(waiting) > threads:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _written(parts: Iterator[Located], write: Callable[[Located], Totals]) -> Iterator[tuple[Located, Totals]]:
    """Each part when it is written; the next one is read and answered meanwhile."""
    with ThreadPoolExecutor(1, thread_name_prefix="write") as writer:
        writing: tuple[Located, Future[Totals]] | None = None
        for part in parts:
            if writing is not None:
                yield writing[0], writing[1].result()
            writing = part, writer.submit(write, part)
        if writing is not None:
            yield writing[0], writing[1].result()


@contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors of the block begin with the name of the file."""
    try:
        yield
    except GridsvcError as error:
        raise type(error)(f"{path.name}: {error.message}", faults=error.faults, **error.details) from error


def _write_part(done: Located, job: Job, write: Write, rejects: RejectFile | None) -> Totals:
    if done.batch.num_rows:
        write(done.batch)
    if rejects is not None:
        rejects.add(str(job.source), done.rejects)
    left_out = sum(reject.content is not None for reject in done.rejects)
    return Totals(
        rows=done.batch.num_rows,
        located=done.located,
        outside=done.outside,
        rejected=len(done.rejects),
        left_out=left_out,
        rejects=tuple((str(job.source), reject) for reject in done.rejects),
    )
