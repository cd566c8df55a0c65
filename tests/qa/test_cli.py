import json
import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from index.errors import PullquoteError, QuestionError
from index.locations import default_index_folder
from qa.chat import Chat
from qa.cli import app
from qa.corpus import SAMPLE_NOTE
from qa.guard import guarded
from tests.qa.commands import run

COMMANDS = ["ask", "index", "status", "doctor", "show", "eval", "train", "chat", "serve"]
REPAIRS = "How many weeks will the repairs of the bridge take?"
CHEESE = "What does a wheel of the oldest cheese cost?"
WORLD_CUP = "Who won the 2018 World Cup?"


def test_an_answer_is_printed_and_its_exit_code_is_0(here: list[object], town: Chat) -> None:
    done = run("ask", REPAIRS, *here, "--top", 2)
    assert done.exit_code == 0
    assert done.stdout == f"{town.ask(REPAIRS, top=2)}\n"
    assert done.stdout.startswith("Engineer Tomas Veld said that repairs would take 14 weeks. [1]\n")


def test_what_is_not_found_has_the_exit_code_1(here: list[object]) -> None:
    done = run("ask", WORLD_CUP, *here)
    assert done.exit_code == 1
    assert done.stdout.startswith("Not in these articles.\n")


@pytest.mark.parametrize("question", [REPAIRS, WORLD_CUP])
def test_json_is_the_document_of_the_answer(question: str, here: list[object], town: Chat) -> None:
    assert json.loads(run("ask", question, *here, "--json").stdout) == town.ask(question, top=3).to_dict()


def test_what_could_not_be_read_is_told_on_stderr_alone(here: list[object]) -> None:
    done = run("ask", REPAIRS, *here)
    assert sorted(done.stderr.splitlines()) == [
        "skipped nothing.txt: empty",
        "skipped picture.txt: binary data, not text",
    ]
    assert "skipped" not in done.stdout


def test_that_the_samples_are_asked_is_told_on_stderr_alone(samples: Chat) -> None:
    samples.open()
    done = run("ask", "How many troops did the CSTO send?")
    assert done.stderr == f"{SAMPLE_NOTE}\n"
    assert SAMPLE_NOTE not in done.stdout


@pytest.mark.parametrize("command", ["status", "doctor", ["show", "tallow-lane-ledger-explainer.md"]])
def test_every_command_tells_that_it_looks_at_the_samples(command: str | list[str], samples: Chat) -> None:
    samples.open()
    done = run(*([command] if isinstance(command, str) else command))
    assert (done.exit_code, done.stderr) == (0, f"{SAMPLE_NOTE}\n")


def test_an_explained_answer_shows_the_scores_that_led_to_each_sentence(here: list[object]) -> None:
    done = run("ask", REPAIRS, *here, "--explain")
    chains = re.findall(
        r"^    passage \d: BM25 \S+, cosine \S+, fused \S+, coverage \S+\n"
        r"    span log-odds \S+, null \S+, strength \S+, probability \d\.\d\d$",
        done.stdout,
        re.MULTILINE,
    )
    assert len(chains) == 3
    chain_lines = "\n".join(chains).splitlines()
    plain = run("ask", REPAIRS, *here).stdout.splitlines()
    assert plain == [line for line in done.stdout.splitlines() if line not in chain_lines]
    assert json.loads(run("ask", REPAIRS, *here, "--json").stdout)["evidence"][0]["scores"]["passage_rank"] == 1


def test_a_refusal_tells_what_no_article_mentions(here: list[object]) -> None:
    done = run("ask", WORLD_CUP, *here)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[1].startswith("The articles never mention “")


@pytest.mark.parametrize("top", [1, 3])
def test_the_number_of_sentences_can_be_chosen(top: int, here: list[object]) -> None:
    assert len(json.loads(run("ask", REPAIRS, *here, "--json", "--top", top).stdout)["evidence"]) == top


@pytest.mark.parametrize("top", ["0", "-1", "many"])
def test_a_number_of_sentences_that_makes_no_sense_is_refused(top: str, here: list[object]) -> None:
    assert run("ask", REPAIRS, *here, "--top", top).exit_code == 2


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (["--since", "2021-04-01"], {"2021-04-11", "2021-06-09"}),
        (["--until", "4 March 2021"], {"2021-03-03"}),
        (["--since", "March 5, 2021", "--until", "2021-04-11"], {"2021-03-05", "2021-04-11"}),
    ],
)
def test_articles_can_be_limited_to_days(options: list[str], days: set[str], here: list[object]) -> None:
    done = run("ask", "What happened at the Linden?", *here, "--json", "--top", 20, *options)
    evidence = json.loads(done.stdout)["evidence"]
    assert {item["article"]["published"] for item in evidence} == days


def test_days_without_articles_are_told(here: list[object]) -> None:
    done = run("ask", REPAIRS, *here, "--since", "2030-01-01")
    assert done.exit_code == 1
    assert "No article with a known date of publication lies in this range of dates." in done.stdout


@pytest.mark.parametrize("option", ["--since", "--until"])
@pytest.mark.parametrize("day", ["01/02/2022", "2022-02-30", "soon", "2022", ""])
def test_a_day_that_is_none_or_could_be_two_is_refused(option: str, day: str, corpus: Path) -> None:
    done = run("ask", REPAIRS, "--articles", corpus, option, day)
    assert (done.exit_code, done.stdout) == (2, "")
    assert option in done.stderr
    assert "write it as 2022-01-06" in done.stderr
    assert not default_index_folder(corpus).exists()


def test_days_that_end_before_they_begin_are_refused_before_anything_is_built(corpus: Path) -> None:
    done = run("ask", REPAIRS, "--articles", corpus, "--since", "2022-02-01", "--until", "2022-01-31")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "No day lies in this range" in done.stderr
    assert not default_index_folder(corpus).exists()


@pytest.mark.parametrize(
    "command", [["ask", "Who?", "--articles", ""], ["ask", "Who?", "--index", ""], ["index", ""], ["status", "-a", ""]]
)
def test_an_empty_path_is_refused(command: list[str], corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(corpus)
    done = run(*command)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "A path is empty" in done.stderr


@pytest.mark.parametrize("question", ["", "?!", "why " * 1_000])
def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_built(question: str, corpus: Path) -> None:
    done = run("ask", question, "--articles", corpus)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("pullquote: The")
    assert not default_index_folder(corpus).exists()


@pytest.mark.parametrize("command", [["ask", "Who?", "--articles"], ["index"]])
def test_articles_that_cannot_be_used_have_the_exit_code_3(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in ("none", "empty"):
        done = run(*command, tmp_path / folder)
        assert (done.exit_code, done.stdout) == (3, "")
        assert re.fullmatch(r"pullquote: .+\n  why: .+\n  fix: .+\n", done.stderr)


def test_questions_on_stdin_are_answered_one_json_a_line(here: list[object], town: Chat) -> None:
    done = run("ask", "-", *here, "--top", 2, stdin=f"{REPAIRS}\n\n  \n?!\n{'why ' * 1_000}\n{WORLD_CUP}\n{CHEESE}")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["status"] for line in lines] == ["answered", "error", "error", "not_found", "answered"]
    assert lines[0] == town.ask(REPAIRS, top=2).to_dict()
    assert lines[1] == {
        "question": "?!",
        "status": "error",
        "what": "There is no question",
        "why": "it holds no word",
        "fix": "ask a question in words",
    }
    assert done.exit_code == 0


@pytest.mark.parametrize("stdin", ["", "\n\n", "?\n", f"{WORLD_CUP}\n"])
def test_if_nothing_on_stdin_was_answered_the_exit_code_is_1(stdin: str, here: list[object]) -> None:
    assert run("ask", "-", *here, stdin=stdin).exit_code == 1


def test_a_byte_order_mark_before_the_first_question_is_no_part_of_it(here: list[object]) -> None:
    done = run("ask", "-", *here, stdin=f"\ufeff{REPAIRS}\r\n?\r\n".encode())
    assert [json.loads(line)["question"] for line in done.stdout.splitlines()] == [REPAIRS, "?"]
    refused = run("ask", "-", *here, stdin="\ufeff?!\n")
    assert json.loads(refused.stdout)["question"] == "?!"


def test_the_help_tells_the_exit_code_of_many_questions() -> None:
    told = " ".join(run("ask", "--help").stdout.split())
    assert "0 if at least one was answered, else 1" in told


def test_nothing_of_an_article_reaches_stdout_as_a_command_to_the_terminal(hostile: Chat, hostile_folder: Path) -> None:
    hostile.open()
    written = [
        run(*command, "--articles", hostile_folder)
        for command in (
            ["ask", "Who landed the blue seaplane?", "--top", 10],
            ["ask", "Who landed the blue seaplane?", "--json"],
            ["ask", "How many anchors did the blacksmith of Karn forge?"],
            ["show", "escapes.txt"],
            ["show", "escapes.txt", "--json"],
            ["show", "e\x1b[31mvil.md"],
            ["status"],
            ["doctor"],
        )
    ]
    for done in written:
        assert done.exit_code == 0
        assert not {character for character in done.output if character < " " and character != "\n"}
        assert "\x7f" not in done.output
    assert "␛[2Jthe blue seaplane" in written[0].stdout
    assert "Anchors ␛[5m of Karn" in written[5].stdout


def test_an_article_is_shown_as_it_was_read(here: list[object], town_folder: Path) -> None:
    done = run("show", "market.txt", *here)
    text = (town_folder / "market.txt").read_text("utf-8")
    assert done.exit_code == 0
    assert done.stdout == f"Cheese market moves to the town hall\n{town_folder / 'market.txt'}\n\n{text}\n"


def test_an_article_is_shown_by_its_id_or_the_beginning_of_it(here: list[object], town: Chat) -> None:
    article = town.ask(CHEESE).evidence[0].article
    whole, part = (json.loads(run("show", name, *here, "--json").stdout) for name in (article.id, article.id[:7]))
    assert whole == part
    assert (whole["id"], whole["text"]) == (article.id, article.text)


@pytest.mark.parametrize(("name", "told"), [("none.txt", "There is no article"), ("notes.jsonl", "names 2 articles")])
def test_an_article_that_is_unknown_or_could_be_two_is_refused(name: str, told: str, here: list[object]) -> None:
    done = run("show", name, *here)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr


def test_indexing_reports_what_was_done(corpus: Path) -> None:
    first = run("index", corpus)
    assert first.exit_code == 0
    assert re.fullmatch(
        r"3 articles, (\d+) passages\. Files: 3 added, 0 changed, 0 removed, 0 unchanged, 0 skipped\."
        r" \1 texts encoded\.\n",
        first.stdout,
    )
    (corpus / "ferry.txt").unlink()
    (corpus / "broken.txt").write_bytes(b"")
    again = run("index", corpus)
    assert "Files: 0 added, 0 changed, 1 removed, 2 unchanged, 1 skipped. 0 texts encoded." in again.stdout
    assert again.stderr == "skipped broken.txt: empty\n"


def test_an_index_directory_can_be_named(corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / "here"
    assert run("index", corpus, "--index", folder).exit_code == 0
    table = json.loads(run("status", "--articles", corpus, "--index", folder, "--json").stdout)
    assert (table["index"], table["articles indexed"]) == (str(folder), 3)
    assert run("status", "--articles", corpus).exit_code == 3
    assert run("status", "--index", folder).exit_code == 3


def test_the_state_of_an_index_is_told(here: list[object], town_folder: Path) -> None:
    done = run("status", *here)
    assert done.exit_code == 0
    rows = [line.split("  ", 1) for line in done.stdout.splitlines()]
    table = {name: value.strip() for name, value in rows}
    assert table["articles"] == str(town_folder)
    assert table["articles indexed"] == "5"
    assert {value.strip() for name, value in rows if name == "skipped"} == {
        "nothing.txt: empty",
        "picture.txt: binary data, not text",
    }


def test_the_doctor_tells_what_was_changed_and_that_it_is_no_fault(corpus: Path) -> None:
    run("index", corpus)
    sound = run("doctor", "--articles", corpus)
    assert sound.exit_code == 0
    assert {line.split()[0] for line in sound.stdout.splitlines()} == {"ok"}
    with (corpus / "bridge.txt").open("a", encoding="utf-8") as file:
        file.write("It rained again.\n")
    drifted = run("doctor", "--articles", corpus)
    assert drifted.exit_code == 0
    assert "outdated files: 1 changed (bridge.txt first), 2 as they were indexed" in drifted.stdout


def test_the_doctor_names_a_fault_and_mends_it(corpus: Path) -> None:
    run("index", corpus)
    next(default_index_folder(corpus).glob("lexical-1/*.term")).write_bytes(b"")
    sick = run("doctor", "--articles", corpus)
    assert sick.exit_code == 3
    assert re.search(r"^FAULT    lexical index: lexical-1/.*\.term is not what was written", sick.stdout, re.MULTILINE)
    mended = run("doctor", "--fix", "--articles", corpus)
    assert mended.exit_code == 0
    assert mended.stdout.endswith("\nExamined again: all is as it should be.\n")
    document = json.loads(run("doctor", "--json", "--articles", corpus).stdout)
    assert {finding["state"] for finding in document["found"]} == {"ok"}


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    """Three questions: one is answered rightly, one wrongly, and one is to be refused."""
    path = tmp_path / "questions.jsonl"
    lines = [
        {"id": "right", "question": REPAIRS, "answers": ["14 weeks"]},
        {"id": "wrong", "question": CHEESE, "answers": ["4 crowns"]},
        {"id": "refused", "question": WORLD_CUP, "answers": []},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return path


def test_questions_with_known_answers_are_measured(here: list[object], questions: Path) -> None:
    document = json.loads(run("eval", questions, *here, "--json").stdout)
    assert (document["top-1"], document["refused when not in the articles"]) == (0.5, 1.0)
    assert [item["rank"] for item in document["outcomes"]] == [1, 0, 0]
    done = run("eval", questions, *here)
    assert (done.exit_code, done.stderr) == (0, "")
    table = dict(re.split(r"  +", line) for line in done.stdout.splitlines())
    told = {
        "questions": "3",
        "with an answer": "2",
        "top-1": "0.500",
        "top-3": "0.500",
        "MRR": "0.500",
        "answered and right": "0.500",
        "refused when not in the articles": "1.000",
        "balanced": "0.750",
    }
    assert told.items() <= table.items()


def test_an_evaluation_is_compared_with_what_an_earlier_one_printed(
    here: list[object], questions: Path, tmp_path: Path
) -> None:
    earlier = tmp_path / "earlier.json"
    earlier.write_text(run("eval", questions, *here, "--json").stdout, "utf-8")
    done = run("eval", questions, *here, "--compare", earlier)
    assert re.search(r"^top-1 +0\.500 → 0\.500  \+0\.000$", done.stdout, re.MULTILINE)
    document = json.loads(run("eval", questions, *here, "--compare", earlier, "--json").stdout)
    assert document["comparison"]["first sentence right"] == {"better": [], "worse": [], "p": 1.0}


def test_some_of_the_questions_can_be_drawn(here: list[object], questions: Path) -> None:
    drawn = json.loads(run("eval", questions, *here, "--sample", 2, "--seed", 1, "--json").stdout)
    assert drawn["questions"] == 2


def test_questions_can_be_made_unanswerable_and_are_counted(here: list[object], tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    lines = [
        {"id": "hall", "question": "Which market moved to the town hall in Bramford?", "answers": ["cheese market"]},
        {"id": "nest", "question": "Where did the owls of Odile nest?", "answers": ["bell tower"]},
    ]
    path.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    done = run("eval", path, *here, "--unanswerable", 1, "--json")
    assert done.stderr == "Questions made unanswerable and added: 1.\n"
    assert [item["accepted"] for item in json.loads(done.stdout)["outcomes"]] == [["cheese market"], ["bell tower"], []]


def test_the_paragraphs_of_squad_are_told_from_the_samples(tmp_path: Path) -> None:
    item = {"question": "When do owls hunt?", "answers": [{"text": "at night", "answer_start": 15}]}
    paragraph = {"context": "Most barn owls hunt at night, as their ears are keen.", "qas": [item]}
    path = tmp_path / "squad.json"
    path.write_text(json.dumps({"data": [{"paragraphs": [paragraph]}]}), "utf-8")
    done = run("eval", path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.search(r"^top-1 +1\.000$", done.stdout, re.MULTILINE)


def test_a_report_is_a_page_that_holds_the_questions(here: list[object], questions: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("eval", questions, *here, "--report", page).exit_code == 0
    assert CHEESE in page.read_text("utf-8")


def test_a_report_that_has_no_folder_is_told_before_anything_is_asked(questions: Path, tmp_path: Path) -> None:
    done = run("eval", questions, "--articles", tmp_path / "none", "--report", tmp_path / "none" / "report.html")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "The report cannot be written" in done.stderr


def test_a_bad_line_of_questions_is_named(here: list[object], tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"question": "Who?", "answers": ["x"]}\n{"question": "Who?"}\n', "utf-8")
    done = run("eval", path, *here)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "line 2 of" in done.stderr


def test_the_version_is_told() -> None:
    done = run("--version")
    assert done.exit_code == 0
    assert re.fullmatch(r"pullquote \d+\.\d+\.\d+\S*\n", done.stdout)


def test_the_commands_are_the_documented_ones() -> None:
    assert sorted(get_command(app).commands) == sorted(COMMANDS)


@pytest.mark.parametrize("help_option", ["-h", "--help"])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_and_option_explains_itself(command: str | None, help_option: str) -> None:
    done = run(*([command] if command else []), help_option)
    assert (done.exit_code, done.stderr) == (0, "")
    described = get_command(app).commands[command] if command else get_command(app)
    assert described.help
    assert " ".join(described.help.split()) in " ".join(done.stdout.split())
    for parameter in described.params:
        assert getattr(parameter, "help", None), f"{command} {parameter.name} has no help"


@pytest.mark.parametrize("arguments", [["nonsense"], ["ask"], ["ask", "Who?", "--nonsense"], ["--nonsense"], ["show"]])
def test_a_call_that_is_wrong_has_the_exit_code_2(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (QuestionError("It is wrong", "so", "do"), 2, "pullquote: It is wrong\n  why: so\n  fix: do\n"),
        (PullquoteError("It is broken", "so", "do"), 3, "pullquote: It is broken\n  why: so\n  fix: do\n"),
        (KeyboardInterrupt(), 130, "Interrupted; nothing was changed.\n"),
        (
            ZeroDivisionError("by\x1b zero"),
            3,
            "pullquote: A fault in pullquote itself\n  why: ZeroDivisionError: by␛ zero\n  fix: please report it\n",
        ),
    ],
)
def test_every_error_becomes_a_message_and_an_exit_code(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @guarded
    def command() -> None:
        raise error

    with pytest.raises(typer.Exit) as exited:
        command()
    assert exited.value.exit_code == code
    assert capsys.readouterr() == ("", told)
