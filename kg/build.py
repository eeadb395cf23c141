"""The build: files in, a graph folder out; the one place where all stages meet.

Two passes over the documents, each a pure function of one document run by a pool of workers:
read and extract (records out), then, when all names are linked, records to quads. Between them
stands the only step that sees all documents, and it sees names, not texts.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from kg import __version__, atlas, derive, documents, ids, issues, statements
from kg.documents import Source
from kg.errors import DocumentError, KgError
from kg.extract.pipeline import extract
from kg.query import stats
from kg.records import Document, Entity, Issue, Tally
from kg.registry.places import places
from kg.resolve import decisions as judgements
from kg.resolve.decisions import Decision
from kg.resolve.namings import encode, namings
from kg.resolve.people import settle
from kg.resolve.relational import Linking, link
from kg.store import folder, lookup, names, oxigraph, quads, records, tables, terms

Result = TypeVar("Result")

#: Called with documents done, documents in all, and characters done.
Progress = Callable[[int, int, int], None]

#: File that workers look entities up in.
_ENTITIES = "entities.sqlite"

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
    issues: list[Issue] = field(default_factory=list)  #: of whole documents and of decisions
    listed: int = 0  #: all issues, those within documents too; ``kg.issues.read`` reads them from the graph
    timings: Mapping[str, float] = field(default_factory=dict)  #: seconds by stage


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker tells of one document; the records themselves are on disk."""

    id: str
    characters: int
    said: bytes  #: rows for linking
    places: set[str]
    issues: bytes
    problems: int
    ledger: tuple[Tally, ...]


class _Corpus:
    """What the build keeps of the documents that were read: names and sums here, the rest in files."""

    def __init__(self, making: folder.Build) -> None:
        self.sources: dict[str, str] = {}  #: name of the source by document id
        self.characters = 0
        self.problems = 0
        self.places: set[str] = set()
        self.tallies: Counter[tuple[str, str]] = Counter()
        self.said = making.work / "said.jsonl"
        self.issues = quads.Sorter(making.work, name="issues", run_bytes=quads.RUN_BYTES // 4)
        self._records = making.records

    def take(self, source: Source, read: _Read, number: int) -> Issue | None:
        """Keep a document, unless another source has the same bytes: then say so."""
        if read.id in self.sources:
            message = f"{source.name}: has the same content as {self.sources[read.id]}, which is read instead"
            return Issue("documents", "duplicate", message, path=source.name, document=read.id)
        self.sources[read.id] = source.name
        records.keep(self._records, read.id, number)
        with self.said.open("ab") as stream:
            stream.write(read.said)
        self.issues.add(read.issues)
        self.characters += read.characters
        self.problems += read.problems
        self.places |= read.places
        for tally in read.ledger:
            self.tallies[tally.kind, tally.group] += tally.number
        return None

    def ledger(self) -> dict[str, dict[str, int]]:
        """Return how many numbers, quoted phrases and likely names are of each class: see ``kg.query.coverage``."""
        summed: dict[str, dict[str, int]] = {}
        for (kind, group), number in sorted(self.tallies.items()):
            summed.setdefault(kind, {})[group] = number
        return summed


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

    def done(stage: str) -> None:
        timings[stage] = time.perf_counter() - started - sum(timings.values())

    sources, found = documents.find([Path(path) for path in paths], Path(graph))
    read, undecided = judgements.read(Path(decisions)) if decisions is not None else ([], [])
    decided, wrong = judgements.parted(read)
    with folder.build(Path(graph)) as making:
        with _pool(workers, len(sources)) as pool:
            corpus = _Corpus(making)
            found += _read_all(pool, sources, corpus, making.records, progress) + undecided
            if not corpus.sources:
                raise DocumentError(_nothing(paths, found))
            done("read and extract")
            with link(corpus.said, making.work, decided) as linked:
                found += linked.issues
                _write_linked(linked, corpus, making)
                made = _manifest(corpus, linked)
            done("link")
            called = _write_quads(pool, corpus, making, wrong)
            made["decisions"] += len(called)
            found += judgements.lost(one for ones in wrong.values() for one in ones if one not in called)
            done("quads")
        corpus.issues.add(issues.encode(found))
        listed = corpus.issues.finish(making.records / "issues.jsonl").count
        finished = making.commit(_load, made)
    done("sort, load, swap")
    return BuildReport(
        finished.digest,
        len(corpus.sources),
        finished.count,
        made["entities"],
        corpus.characters,
        time.perf_counter() - started,
        sorted(set(found), key=repr),
        listed,
        timings,
    )


def _load(quads: Path, store: Path) -> None:
    """Make of the sorted quads all that readers open: the store, the tables, the network of things, the search index.

    The tables are made beside the store, which takes one of two processors.
    """
    made = store.parent
    with ThreadPoolExecutor(1) as beside:
        tabled = beside.submit(tables.write, quads, made)
        oxigraph.load(quads, store)
        tabled.result()
    atlas.write(quads, store, made)
    names.write(records.read_entities(made / "records"), atlas.mentions(made), made / names.NAME)
    stats.write(store, made / stats.NAME)


def _nothing(paths: Sequence[Path | str], found: Sequence[Issue]) -> str:
    reason = f"; {found[0].message}" if found else "; the folders hold no txt, md, html, pdf or docx files"
    return f"{', '.join(map(str, paths))}: no document could be read{reason}"


def _manifest(corpus: _Corpus, linked: Linking) -> dict[str, Any]:
    return {
        "software": __version__,
        "documents": len(corpus.sources),
        "characters": corpus.characters,
        "entities": linked.entities_count,
        "doubtful_pairs": linked.pairs_count,
        "decisions": len(linked.judged),
        "issues": corpus.problems,
        "ledger": corpus.ledger(),
    }


def _write_linked(linked: Linking, corpus: _Corpus, making: folder.Build) -> None:
    """Write what linking found: for people, for the workers, and as quads."""
    entities = lookup.write(linked.entities(), making.work / _ENTITIES)
    records.write_entities(_noting_places(entities, corpus.places), making.records)
    records.write_pairs(linked.pairs(), making.records)
    making.add(terms.encode(statements.linking(linked)))


def _noting_places(entities: Iterable[Entity], noted: set[str]) -> Iterator[Entity]:
    """Note the places that entities belong to, for the reference graph to describe."""
    for entity in entities:
        noted.update(f"place/{place}" for place in (entity.place, *entity.more_places) if place)
        yield entity


def _write_quads(
    pool: Executor, corpus: _Corpus, making: folder.Build, wrong: Mapping[str, Sequence[Decision]]
) -> list[Decision]:
    """Write what each document says and what follows; return the facts called wrong that documents do say."""
    entities, called = making.work / _ENTITIES, []
    documents_read = sorted(corpus.sources)
    running = _run_all(pool, _quads, ((making.records, entities, key) for key in documents_read))
    for key, future in zip(documents_read, running, strict=True):
        quads = future.result()
        making.add(quads)
        called += [one for one in wrong.get(key, ()) if f"<{ids.fact(one.left)}> ".encode() in quads]
    for decision in called:
        making.add(terms.encode(statements.called_wrong(decision)))
    for found_across in derive.derive(making.records):
        making.add(terms.encode(found_across))
    making.add(terms.encode(statements.run()))
    making.add(terms.encode(statements.reference(corpus.places, places().get)))
    return called


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
    pool: Executor, sources: Sequence[Source], corpus: _Corpus, kept: Path, progress: Progress | None
) -> list[Issue]:
    """Read and extract every source into the corpus; returns what failed."""
    failed: list[Issue] = []
    running = _run_all(pool, _read, ((source, kept, number) for number, source in enumerate(sources, 1)))
    characters = 0
    for number, (source, future) in enumerate(zip(sources, running, strict=True), 1):
        error = future.exception()
        if error is not None:
            failed.append(_failure(source, error))
        else:
            read = future.result()
            characters += read.characters
            repeated = corpus.take(source, read, number)
            failed += [repeated] if repeated else []
        if progress:
            progress(number, len(sources), characters)
    records.drop_copies(kept)
    return failed


def _failure(source: Source, error: BaseException) -> Issue:
    if isinstance(error, DocumentError):
        return Issue("documents", "unreadable", str(error), path=source.name)
    if isinstance(error, BrokenExecutor) or not isinstance(error, Exception):
        raise error
    message = f"{source.name}: extraction failed: {type(error).__name__}: {error}; please report this with the file"
    return Issue("extract", "failed", message, path=source.name)


def _run_all(
    pool: Executor, function: Callable[..., Result], arguments: Iterable[tuple[Any, ...]]
) -> Iterator[Future[Result]]:
    """Yield the futures in order, done; few are under way, so that memory does not grow with the corpus."""
    rest = iter(arguments)
    waiting = deque(pool.submit(function, *values) for values in itertools.islice(rest, 8 * (os.cpu_count() or 1)))
    while waiting:
        first = waiting.popleft()
        futures.wait([first])
        yield first
        waiting.extend(pool.submit(function, *values) for values in itertools.islice(rest, 1))


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
    said = encode(document.id, namings(extraction), (document.date or "")[:4])
    return _Read(document.id, length, said, codes, issues.encode(problems), len(problems), extraction.ledger)


def _located(issue: Issue, document: Document) -> Issue:
    """Give an issue the path of its document, which extraction does not know."""
    values = issue.to_dict() | {"path": issue.path or document.path, "document": issue.document or document.id}
    return Issue.from_dict(values)


@lru_cache(maxsize=1)
def _entities(file: Path) -> lookup.Entities:
    """The linked entities, opened once in each worker."""
    return lookup.Entities(file)


def _quads(kept: Path, file: Path, document: str) -> bytes:
    """Return the N-Quads lines of one document, and write its rows for what is derived across documents."""
    extraction = records.read_extraction(kept / f"{document}.json")
    entities = _entities(file).of(document)
    derive.gather(extraction, entities, kept)
    return terms.encode(statements.statements(extraction, entities))
