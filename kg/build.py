"""The build: files in, a graph folder out; the one place where all stages meet.

Two passes over the documents, each a pure function of one document run by a pool of workers:
read and extract (records out), then, when all names are linked, records to quads. Between them
stands the only step that sees all documents, and it sees names, not texts.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import connection
from pathlib import Path
from typing import Any

from kg import __version__, derive, documents, issues, statements
from kg.documents import Source
from kg.errors import DocumentError, KgError
from kg.extract.pipeline import extract
from kg.records import Document, Entity, Issue, Tally
from kg.registry.places import places
from kg.resolve import decisions as judgements
from kg.resolve.linker import Linked, Naming, link, namings
from kg.resolve.people import settle
from kg.store import folder, oxigraph, records, terms

#: Called with documents done, documents in all, and characters done.
Progress = Callable[[int, int, int], None]

#: Fewer documents than this a worker do not repay the start of another process (about 3 s to load spaCy).
DOCUMENTS_PER_WORKER = 12

#: Most characters of a text. The longest of 440 work reports has 36,000; at 100,000 a second this is a minute or two
#: and a gigabyte, and what is longer is a dump that would take both from the documents beside it.
LONGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    digest: str
    documents: int
    quads: int
    entities: int
    characters: int
    seconds: float
    issues: list[Issue] = field(default_factory=list)
    timings: Mapping[str, float] = field(default_factory=dict)  #: seconds by stage


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker tells of one document; the records themselves are on disk."""

    id: str
    characters: int
    namings: set[Naming]
    places: set[str]
    issues: tuple[Issue, ...]
    ledger: tuple[Tally, ...]


def build(
    paths: Sequence[Path | str],
    graph: Path | str,
    *,
    workers: int | None = None,
    progress: Progress | None = None,
    decisions: Path | str | None = None,
) -> BuildReport:
    """Build the graph of documents and folders; the older graph stays whole until the new one is.

    ``decisions`` is a file of people's judgements about entities (``kg.resolve.decisions``). Raises ``GraphError`` when
    ``graph`` cannot hold a graph, ``DocumentError`` when no document could be read at all. A document that fails is an
    issue of the report, and the rest goes on.
    """
    started = time.perf_counter()
    timings: dict[str, float] = {}
    sources, found = documents.find([Path(path) for path in paths], Path(graph))
    decided, undecided = judgements.read(Path(decisions)) if decisions is not None else ([], [])
    with folder.build(Path(graph)) as making:
        with _pool(workers, len(sources)) as pool:
            done, failed = _read_all(pool, sources, making.records, progress)
            timings["read and extract"] = time.perf_counter() - started
            found += failed + undecided
            if not done:
                raise DocumentError(_nothing(paths, found))
            linked = link((naming for read in done for naming in read.namings), decided)
            found += linked.issues
            records.write_entities(linked.distinct, making.records)
            records.write_pairs(linked.pairs, making.records)
            timings["link"] = time.perf_counter() - started - sum(timings.values())
            for blob in _run_all(pool, _quads, [(making.records, read.id) for read in done]):
                making.add(blob)
        for found_across in derive.derive(making.records):
            making.add(terms.encode(found_across))
        making.add(terms.encode(statements.run()))
        making.add(terms.encode(statements.linking(linked)))
        needed = {key for read in done for key in read.places} | statements.areas(linked)
        making.add(terms.encode(statements.reference(needed, places().get)))
        timings["quads"] = time.perf_counter() - started - sum(timings.values())
        found += [issue for read in done for issue in read.issues]
        issues.write(found, making.records / "issues.jsonl")
        finished = making.commit(oxigraph.load, _manifest(done, linked))
    timings["sort, load, swap"] = time.perf_counter() - started - sum(timings.values())
    return BuildReport(
        finished.digest,
        len(done),
        finished.count,
        len(linked.distinct),
        sum(read.characters for read in done),
        time.perf_counter() - started,
        sorted(set(found), key=repr),
        timings,
    )


def _nothing(paths: Sequence[Path | str], found: Sequence[Issue]) -> str:
    reason = f"; {found[0].message}" if found else "; the folders hold no txt, md, html, pdf or docx files"
    return f"{', '.join(map(str, paths))}: no document could be read{reason}"


def _manifest(done: Sequence[_Read], linked: Linked) -> dict[str, Any]:
    return {
        "software": __version__,
        "documents": len(done),
        "characters": sum(read.characters for read in done),
        "entities": len(linked.distinct),
        "doubtful_pairs": len(linked.pairs),
        "decisions": len(linked.judged),
        "issues": sum(len(read.issues) for read in done),
        "ledger": _ledger(done),
    }


def _ledger(done: Sequence[_Read]) -> dict[str, dict[str, int]]:
    """Sum the numbers, quoted phrases and likely names of all documents by class: see ``kg.query.coverage``."""
    counts: Counter[tuple[str, str]] = Counter()
    for tally in (tally for read in done for tally in read.ledger):
        counts[tally.kind, tally.group] += tally.number
    summed: dict[str, dict[str, int]] = {}
    for (kind, group), number in sorted(counts.items()):
        summed.setdefault(kind, {})[group] = number
    return summed


# --- workers ------------------------------------------------------------------------------------


@contextlib.contextmanager
def _pool(workers: int | None, count: int) -> Iterator[Executor]:
    """Processes when there is work for several, else one thread: the same calls, the same answers."""
    wanted = workers or os.cpu_count() or 1
    useful = min(wanted, -(-count // DOCUMENTS_PER_WORKER))
    pool: Executor = ThreadPoolExecutor(1)
    if useful > 1:
        pool = ProcessPoolExecutor(useful, multiprocessing.get_context("spawn"), begin_worker)
    try:
        yield pool
    except BrokenExecutor as error:
        advice = "try again with fewer --workers, or without the largest documents"
        raise KgError(f"a process that reads documents was ended, most likely for want of memory; {advice}") from error
    finally:
        pool.shutdown(cancel_futures=True)  # after an error or Ctrl-C nobody waits for the rest


def begin_worker() -> None:
    """Prepare a process that reads documents; it ends when the build is killed, since nobody else would tell it.

    The collector of cycles has little to find, for the records of a document hold none; at its usual thresholds
    it goes over all registries and word lists again and again, which takes a tenth of the time.
    """
    gc.set_threshold(50_000, 20, 100)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _read_all(
    pool: Executor, sources: Sequence[Source], kept: Path, progress: Progress | None
) -> tuple[list[_Read], list[Issue]]:
    """Read and extract every source; returns what was read, by document id, and what failed."""
    by_id: dict[str, tuple[Source, _Read]] = {}
    failed: list[Issue] = []
    characters = 0
    futures = _submit(pool, _read, [(source, kept, number) for number, source in enumerate(sources, 1)])
    for number, (source, future) in enumerate(zip(sources, futures, strict=True), 1):
        error = future.exception()
        if error is not None:
            failed.append(_failure(source, error))
        else:
            read = future.result()
            characters += read.characters
            first = by_id.setdefault(read.id, (source, read))[0]
            if first is source:
                records.keep(kept, read.id, number)
            else:
                message = f"{source.name}: has the same content as {first.name}, which is read instead"
                failed.append(Issue("documents", "duplicate", message, path=source.name, document=read.id))
        if progress:
            progress(number, len(sources), characters)
    records.drop_copies(kept)
    return [by_id[key][1] for key in sorted(by_id)], failed


def _failure(source: Source, error: BaseException) -> Issue:
    if isinstance(error, DocumentError):
        return Issue("documents", "unreadable", str(error), path=source.name)
    if isinstance(error, BrokenExecutor) or not isinstance(error, Exception):
        raise error
    message = f"{source.name}: extraction failed: {type(error).__name__}: {error}; please report this with the file"
    return Issue("extract", "failed", message, path=source.name)


def _submit(pool: Executor, function: Callable[..., Any], arguments: Iterable[tuple[Any, ...]]) -> list[Future[Any]]:
    return [pool.submit(function, *values) for values in arguments]


def _run_all(pool: Executor, function: Callable[..., bytes], arguments: Iterable[tuple[Any, ...]]) -> Iterator[bytes]:
    """Yield the results in order; finished ones are let go, so that memory does not grow with the corpus."""
    waiting = list(arguments)
    window = 8 * (os.cpu_count() or 1)
    futures = _submit(pool, function, waiting[:window])
    for number in range(len(waiting)):
        yield futures[number].result()
        futures[number] = Future()
        if number + window < len(waiting):
            futures += _submit(pool, function, waiting[number + window : number + window + 1])


def _read(source: Source, kept: Path, number: int) -> _Read:
    """Read and extract one source, and write its records under its number, since another may have the same bytes."""
    document = documents.read(source.path, root=source.root)
    length = len(document.text)
    if length > LONGEST:
        raise DocumentError(f"{source.name}: is too long ({length:,} characters, the most is {LONGEST:,}); split it")
    extraction = settle(extract(document))
    records.write_extraction(extraction, kept, number)
    problems = tuple(_located(issue, document) for issue in extraction.issues)
    codes = statements.codes(extraction)
    return _Read(document.id, length, namings(extraction), codes, problems, extraction.ledger)


def _located(issue: Issue, document: Document) -> Issue:
    """Give an issue the path of its document, which extraction does not know."""
    values = issue.to_dict() | {"path": issue.path or document.path, "document": issue.document or document.id}
    return Issue.from_dict(values)


@lru_cache(maxsize=1)
def _entities(kept: Path) -> dict[str, Entity]:
    """The linked entities, read once in each worker."""
    return {key: entity for entity in records.read_entities(kept) for key in entity.keys}


def _quads(kept: Path, document: str) -> bytes:
    """Return the N-Quads lines of one document, and write its rows for what is derived across documents."""
    extraction = records.read_extraction(kept / f"{document}.json")
    derive.gather(extraction, _entities(kept), kept)
    return terms.encode(statements.statements(extraction, _entities(kept)))
