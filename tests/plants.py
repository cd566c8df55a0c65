"""Faults to plant, each with the test that has to fail: what a slip of the hand could do to pullquote."""

from dataclasses import dataclass

CUT = (
    "tests/index/test_faults.py"
    "::test_a_power_cut_leaves_the_old_state_or_the_new_one_and_undoes_nothing_that_is_done[{}]"
)
FAULTS = "tests/index/test_faults.py::test_a_fault_at_any_change_of_the_disk_leaves_the_old_state_or_the_new_one[{}]"


@dataclass(frozen=True)
class Plant:
    """A fault.

    Attributes:
        kind: Which promise it breaks.
        name: What it is.
        file: The module it is planted in.
        before: A piece of it, which is there once.
        after: What takes its place.
        test: The test that has to fail.
    """

    kind: str
    name: str
    file: str
    before: str
    after: str
    test: str


PLANTS = (
    Plant("durability", "vectors are not synced", "index/durable.py",
          "        os.fsync(file.fileno())\n    temporary.replace(path)", "    temporary.replace(path)",
          CUT.format("an update")),
    Plant("durability", "the name of shards.json is not synced", "index/durable.py",
          "    temporary.replace(path)\n    sync_folder(path.parent)", "    temporary.replace(path)",
          CUT.format("a division into two shards")),
    Plant("durability", "the lexical index is not synced", "index/lexical.py",
          "            sync_tree(self._folder)\n", "", CUT.format("an update")),
    Plant("durability", "the folder of the index is not synced", "index/locations.py",
          "            sync_folder(each.parent)\n", "", CUT.format("a first build")),
    Plant("durability", "SQLite does not sync", "index/database.py", "PRAGMA synchronous=FULL",
          "PRAGMA synchronous=OFF", CUT.format("an update")),
    Plant("order of commits", "old files are removed before the new ones are named", "index/update.py",
          "        remove_all_but(folder, update.generation)", "            remove_all_but(folder, update.generation)",
          FAULTS.format("an update")),
    Plant("order of commits", "shards are named before they are made", "index/sharding.py", "    jobs = [\n",
          "    write_layout(folder, Layout(number, str(articles), wanted))\n    jobs = [\n",
          FAULTS.format("a division into two shards")),
    Plant("order of commits", "SQLite is committed before Tantivy", "index/update.py",
          '        self._report(Progress("Loading the embedding model", 0, 0))\n',
          '        self._store.set_meta({"generation": str(self.generation + 1)})\n'
          '        self._store._connection.execute("COMMIT")\n'
          '        self._store._connection.execute("BEGIN")\n',
          FAULTS.format("an update")),
    Plant("order of commits", "what is known of reprints is removed before new shards count", "index/sharding.py",
          "            (folders[0] / ORIGINS_FILE).unlink(missing_ok=True)\n",
          "            (folder / 'shard-0-of-2' / ORIGINS_FILE).unlink(missing_ok=True)\n",
          FAULTS.format("a division of two shards into three")),
    Plant("one state", "a reader keeps the vectors of the generation before", "index/library.py",
          "self._vectors, self._lexical = vectors, lexical",
          'self._vectors, self._lexical = getattr(self, "_vectors", vectors), lexical',
          "tests/index/test_library.py::TestReaders"),
    Plant("one state", "writers do not wait for each other", "index/update.py",
          "    with write_lock(folder, wait):\n        return", "    if wait >= 0:\n        return",
          "tests/index/test_update.py"),
    Plant("errors", "a full disk is not told as such", "index/durable.py",
          "isinstance(error, (OSError, *others))", "isinstance(error, others)", FAULTS.format("an update")),
    Plant("doctor", "checksums of tables are not compared", "index/database.py",
          "if stored.get(table) != table_checksum(self._connection, table)", "if table not in stored",
          "tests/index/doctor/test_mend.py::test_what_does_not_fit_is_found_and_mended"),
    Plant("doctor", "the lexical index is not examined", "index/doctor/examine.py",
          "        yield from lexical_findings(store, folder)\n", "",
          "tests/index/doctor/test_mend.py::test_whatever_happens_to_a_file_is_found_and_mended"),
    Plant("doctor", "the vectors are not examined", "index/doctor/examine.py",
          "        yield from vector_findings(store, folder, encoder)\n", "",
          "tests/index/doctor/test_mend.py::test_whatever_happens_to_a_file_is_found_and_mended"),
    Plant("bad input", "links out of the folder are followed", "index/discover.py",
          "if not target.is_relative_to(root):", "if target == root:", "tests/index/test_discover.py"),
    Plant("bad input", "files may be of any size", "index/discover.py", "if size > limit else None",
          "if size < 0 else None", "tests/index/test_discover.py"),
    Plant("bad input", "a file may be read for ever", "index/intake_process.py", "        timer.start()\n", "",
          "tests/index/test_intake_process.py::test_what_takes_too_long_is_named_and_the_next_file_is_read"),
    Plant("bad input", "a file may take all memory", "index/intake_process.py",
          "    _limit_memory(memory)\n", "",
          "tests/index/test_intake_process.py::test_what_takes_too_much_memory_is_named_and_the_next_file_is_read"),
    Plant("bad input", "a part of a file that is too much stays in the index", "index/update.py",
          "            self._store.remove_file(file.relative)\n            del self._new_articles[before:]\n", "",
          "tests/index/test_intake_process.py::test_an_update_skips_a_file_that_is_over_its_budget_and_keeps_no_part_of_it"),
    Plant("bad input", "an update writes into a database of something else", "index/database.py",
          "                self._refuse_others()\n", "", "tests/index/doctor/test_examine.py"),
    Plant("one state", "an index that was made anew is taken for the one that is open", "index/lexical.py",
          "if is_other or (count", "if (count", "tests/index/test_library.py::TestDamage"),
    Plant("doctor", "a row that is replaced is not counted", "index/checksums.py",
          "PRAGMA recursive_triggers = ON", "PRAGMA recursive_triggers = OFF", "tests/index/test_checksums.py"),
    Plant("exact quotes", "sentences begin one character late", "index/sentences.py",
          "yield Sentence(begin, begin + len(stripped))", "yield Sentence(begin + 1, begin + len(stripped))",
          "tests/index/test_sentences.py"),
    Plant("hostile text", "quotes reach the terminal raw", "qa/render.py",
          'return printable(_WHITE_SPACE.sub(" ", text))', 'return _WHITE_SPACE.sub(" ", text)',
          "tests/qa/test_render.py"),
    Plant("hostile text", "errors reach the terminal raw", "qa/terminal.py", "{path_line(text)}", "{text}",
          "tests/qa/test_terminal.py"),
    Plant("hostile text", "the chat shows text raw", "tui/text.py",
          'return printable(text.replace("\\r\\n", " \\n").replace("\\r", "\\n").replace("\\t", " "))',
          'return text.replace("\\r\\n", " \\n").replace("\\r", "\\n").replace("\\t", " ")',
          "tests/tui/test_hostile.py"),
    Plant("hostile text", "marks that reorder text are let through", "qa/printable.py",
          "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u206f", "\\u061c", "tests/qa/test_printable.py"),
    Plant("hostile text", "the report does not escape", "qa/evaluation/markup.py",
          "return escape(one_line(str(value)))", "return one_line(str(value))", "tests/qa/evaluation/test_markup.py"),
    Plant("local", "the digest of a model is not checked", "index/digests.py",
          "if digest_of(folder / name) != digests.get(name):", "if name not in digests:",
          "tests/index/test_digests.py"),
    Plant("local", "the reader's settings are not pinned", "qa/span_model.py",
          "    if folder == BUNDLED:\n", "    if not folder:\n",
          "tests/qa/test_span_model.py"),
    Plant("local", "ONNX Runtime may report to its maker", "index/__init__.py",
          'os.environ["ORT_DISABLE_TELEMETRY"] = "1"', 'os.environ["ORT_DISABLE_TELEMETRY"] = "0"',
          "tests/qa/test_local.py"),
    Plant("local", "an update connects to a server", "index/update.py",
          "    articles = canonical(articles)\n    if not folder.is_dir():",
          "    import socket\n\n    socket.create_connection(('192.0.2.1', 443), timeout=1)\n"
          "    articles = canonical(articles)\n    if not folder.is_dir():",
          "tests/index/test_update.py::TestWhatCostsWork"),
    Plant("local", "folders can be read by everyone", "index/locations.py", "each.mkdir(mode=0o700",
          "each.mkdir(mode=0o755", "index/locations.py"),
)  # fmt: skip
