import hashlib
import itertools
import os
import time
import unicodedata
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

import kg.documents
from kg.documents import Content, find, read, read_all, readers
from kg.errors import DocumentError
from kg.records import Document, Issue


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "报告.md").write_bytes("# 题目\r\n正文。".encode())
    (tmp_path / "a.txt").write_bytes("甲地新增55家。".encode("gb18030"))
    (tmp_path / "copy.txt").write_bytes("# 题目\r\n正文。".encode())
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01\x02\x03\x04")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    (tmp_path / ".hidden.txt").write_bytes(b"x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config.txt").write_bytes(b"x")
    return tmp_path


def kinds(items: list[Document | Issue]) -> list[tuple[str, str]]:
    return [(item.path, item.kind if isinstance(item, Issue) else item.format) for item in items]


def test_read_fills_the_record(folder: Path) -> None:
    document = read(folder / "b" / "报告.md", root=folder)
    data = (folder / "b" / "报告.md").read_bytes()
    assert document.path == "b/报告.md"
    assert document.text == "# 题目\r\n正文。"
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.id == document.sha256[:16]
    assert (document.format, document.encoding, document.title) == ("md", "utf-8", "题目")


def test_the_encoding_of_the_record_opens_the_file(folder: Path) -> None:
    (folder / "marked.txt").write_bytes("甲地\r\n新增".encode("utf-16"))
    for name in ("a.txt", "marked.txt"):
        document = read(folder / name)
        with (folder / name).open(encoding=document.encoding, newline="") as file:
            assert file.read() == document.text


def test_names_are_composed_and_do_not_depend_on_the_place(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "é报告.txt")
    (tmp_path / name).write_text("正文")
    assert read(tmp_path / name, root=tmp_path).path == "é报告.txt"
    assert read(tmp_path / name).path == "é报告.txt"


def test_read_all_reports_what_it_cannot_read_and_goes_on(folder: Path) -> None:
    assert kinds(list(read_all([folder]))) == [
        (".git", "unsupported"),
        (".hidden.txt", "unsupported"),
        ("table.xlsx", "unsupported"),
        ("a.txt", "txt"),
        ("b/报告.md", "md"),
        ("bad.txt", "unreadable"),
        ("copy.txt", "duplicate"),
        ("empty.txt", "unreadable"),
    ]


def test_messages_name_file_reason_and_first_copy(folder: Path) -> None:
    messages = {item.path: item.message for item in read_all([folder]) if isinstance(item, Issue)}
    assert messages["empty.txt"] == "empty.txt: is empty"
    assert messages["bad.txt"].startswith("bad.txt: is binary data")
    assert "same content as b/报告.md" in messages["copy.txt"]
    assert "unknown suffix .xlsx; known are .docx" in messages["table.xlsx"]


def test_the_order_of_paths_does_not_matter(folder: Path) -> None:
    paths = [folder / "copy.txt", folder / "b", folder / "a.txt", folder / "nowhere"]
    results = [list(read_all(order)) for order in itertools.permutations(paths)]
    assert all(result == results[0] for result in results)
    assert [item.kind for item in results[0] if isinstance(item, Issue)] == ["missing", "duplicate"]


def test_a_file_reached_twice_counts_once(folder: Path) -> None:
    sources, issues = find([folder / "b", folder / "b" / "报告.md", folder / "b"])
    assert [source.name for source in sources] == ["报告.md"]
    assert issues == []


def test_missing_paths(tmp_path: Path) -> None:
    (issue,) = read_all([tmp_path / "nowhere"])
    assert isinstance(issue, Issue)
    assert (issue.stage, issue.kind) == ("documents", "missing")
    assert "nowhere: is not there" in issue.message
    with pytest.raises(DocumentError, match="is not there"):
        read(tmp_path / "nowhere.txt")


def test_a_folder_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Permissions do not bind an administrator, who may run the tests: refuse at the call that would fail.
    scandir = os.scandir

    def refuse(path: str) -> object:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    items = list(read_all([folder]))
    assert ("b", "unreadable") in kinds(items)
    assert ("copy.txt", "txt") in kinds(items)
    assert any("Permission denied" in item.message for item in items if isinstance(item, Issue))


def test_a_file_without_permission(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (issue,) = read_all([folder / "a.txt"])
    assert isinstance(issue, Issue)
    assert issue.message == "a.txt: cannot be read (Permission denied)"


def test_links(folder: Path) -> None:
    (folder / "b" / "loop").symlink_to(folder, target_is_directory=True)
    (folder / "b" / "dangling.txt").symlink_to(folder / "gone.txt")
    assert [(issue.path, issue.kind) for issue in find([folder / "b"])[1]] == [
        ("dangling.txt", "missing"),
        ("loop", "unsupported"),
    ]


def test_blank_text_and_a_wrong_suffix_are_refused(tmp_path: Path) -> None:
    (tmp_path / "blank.md").write_text(" \n\n")
    (tmp_path / "page.xyz").write_text("x")
    with pytest.raises(DocumentError, match=r"blank\.md: is empty"):
        read(tmp_path / "blank.md")
    with pytest.raises(DocumentError, match=r"page\.xyz: has the unknown suffix"):
        read(tmp_path / "page.xyz")


def test_a_package_can_add_a_reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def points(group: str) -> EntryPoints:
        assert group == "kg.readers"
        return EntryPoints([EntryPoint("rev", f"{__name__}:backwards", group)])

    monkeypatch.setattr(EntryPoint, "load", lambda point: backwards)
    monkeypatch.setattr(kg.documents, "entry_points", points)
    readers.cache_clear()
    (tmp_path / "x.rev").write_bytes("。文正".encode())
    document = read(tmp_path / "x.rev")
    monkeypatch.undo()
    readers.cache_clear()
    assert (document.text, document.format) == ("正文。", "rev")


def backwards(data: bytes) -> Content:
    return Content(data.decode()[::-1], "rev")


def test_fifty_megabytes_in_one_line_are_read_in_seconds(tmp_path: Path) -> None:
    sentence = "我们将切实抓好产业创新服务，新增规模工业企业200家以上。"
    (tmp_path / "long.txt").write_bytes((sentence * (50_000_000 // len(sentence.encode()))).encode())
    began = time.perf_counter()
    document = read(tmp_path / "long.txt")
    assert len(document.text) > 17_000_000
    assert time.perf_counter() - began < 10
