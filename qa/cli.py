"""The command line. stdout is data, stderr is everything else.

Exit codes: 0 answered, 1 not found, 2 usage, 3 the articles or the index cannot be used, 130 interrupted.
``qa.main`` starts it as the console script.
"""

import functools
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ParamSpec, TypeVar

import typer

from index.errors import PullquoteError, UsageError
from qa import terminal
from qa.main import run

Options = ParamSpec("Options")
Outcome = TypeVar("Outcome")

ANSWERED, NOT_FOUND, USAGE, UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 130

app = typer.Typer(
    help="Ask news articles a question, and get back the sentence that answers it, word for word, with its source.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

# Paths stay text until they are looked at, since Path("") is the working directory.
Articles = Annotated[
    str | None,
    typer.Option(
        "--articles",
        "-a",
        metavar="PATH",
        help="A folder of articles, or one file. [default: bundled samples]",
        show_default=False,
    ),
]
IndexFolder = Annotated[
    str | None,
    typer.Option(
        "--index", metavar="DIR", help="The index directory. [default: in the user's cache]", show_default=False
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[
    str | None,
    typer.Option(help="Only articles published on this day or later, such as 2022-01-06.", show_default=False),
]
Until = Annotated[str | None, typer.Option(help="Only articles published on this day or earlier.", show_default=False)]


def guarded(command: Callable[Options, Outcome]) -> Callable[Options, Outcome]:
    """Turn every error of a command into a message and an exit code: no traceback reaches a user."""

    @functools.wraps(command)
    def guard(*arguments: Options.args, **options: Options.kwargs) -> Outcome:
        try:
            try:
                return command(*arguments, **options)
            finally:
                # What stdout still holds is written while an error can be told.
                sys.stdout.flush()
        except PullquoteError as error:
            terminal.show_error(error)
            raise typer.Exit(error.exit_code) from None
        except KeyboardInterrupt:
            terminal.note("Interrupted; nothing was changed.")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Whoever read our output has stopped reading.
            terminal.discard_output()
            raise typer.Exit(ANSWERED) from None
        except OSError as error:
            terminal.discard_output()
            terminal.show_error(terminal.told(error))
            raise typer.Exit(UNUSABLE) from None
        except typer.Exit:
            raise
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            terminal.show_error(PullquoteError("A fault in pullquote itself", why, "please report it"))
            raise typer.Exit(UNUSABLE) from None

    return guard


@app.callback(invoke_without_command=True)
@guarded
def main(
    context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False
) -> None:
    """Without a command, open the chat in the terminal."""
    if version:
        from importlib.metadata import version as installed

        sys.stdout.write(f"pullquote {installed('pullquote')}\n")
    elif context.invoked_subcommand is None:
        chat()


@app.command()
@guarded
def ask(
    question: Annotated[
        str,
        typer.Argument(
            help="The question; - reads one a line from stdin and prints one JSON answer a line."
            " The exit code is then 0 if at least one was answered, else 1."
        ),
    ],
    articles: Articles = None,
    index: IndexFolder = None,
    as_json: AsJson = False,
    top: Annotated[int, typer.Option(min=1, help="How many sentences of evidence are shown, at most.")] = 3,
    since: Since = None,
    until: Until = None,
) -> None:
    """Answer a question by quoting the articles."""
    from qa.chat import Chat
    from qa.days import check_days
    from qa.question import read_question
    from qa.render import answer_lines

    if question != "-":
        # A question that cannot be asked is told before an index is built for it.
        read_question(question)
    first, last = check_days(_day("--since", since), _day("--until", until))
    days = {"since": first, "until": last}
    chat = Chat(articles, index)
    _open(chat)
    if question == "-":
        raise typer.Exit(_ask_lines(chat, top, days))
    answer = chat.ask(question, top=top, **days)
    if as_json:
        sys.stdout.write(json.dumps(answer.to_dict(), indent=2) + "\n")
    else:
        terminal.show_lines(answer_lines(answer))
    raise typer.Exit(ANSWERED if answer.status == "answered" else NOT_FOUND)


@app.command("index")
@guarded
def index_command(
    articles: Annotated[str, typer.Argument(metavar="DIR", help="A folder of articles, or one file.")],
    index: IndexFolder = None,
    model: Annotated[
        str | None,
        typer.Option(
            help="A sentence-transformers model that is on this machine: a name or a folder.", show_default=False
        ),
    ] = None,
) -> None:
    """Build the index of a folder, or bring it up to date."""
    from index.update import update_index
    from qa.corpus import locate

    source, folder = locate(articles, index)
    with terminal.progress() as report:
        done = update_index(source, folder, model=model, report=report)
    terminal.show_skipped(done.skipped)
    sys.stdout.write(
        f"{done.articles} articles, {done.passages} passages."
        f" Files: {done.added} added, {done.changed} changed, {done.removed} removed, {done.unchanged} unchanged,"
        f" {len(done.skipped)} skipped. {done.encoded} passages encoded.\n"
    )


@app.command()
@guarded
def status(articles: Articles = None, index: IndexFolder = None, as_json: AsJson = False) -> None:
    """Tell what is indexed, and where."""
    from qa.inspection import describe

    _tell_samples(articles)
    terminal.show_table(describe(articles, index), as_json)


@app.command()
@guarded
def doctor(articles: Articles = None, index: IndexFolder = None) -> None:
    """Check that the parts of an index fit each other and the files."""
    from qa.inspection import examine
    from qa.render import path_line

    _tell_samples(articles)
    findings = examine(articles, index)
    for finding in findings:
        detail = path_line(finding.detail)
        sys.stdout.write(f"{'ok   ' if finding.passed else 'FAULT'} {finding.what}: {detail}\n")
    raise typer.Exit(ANSWERED if all(finding.passed for finding in findings) else UNUSABLE)


@app.command()
@guarded
def show(
    article: Annotated[
        str, typer.Argument(help="The article's id or the beginning of it, its file name, or its path.")
    ],
    articles: Articles = None,
    index: IndexFolder = None,
    as_json: AsJson = False,
) -> None:
    """Print an article, as it was read."""
    from qa.inspection import article_document, find_article
    from qa.printable import printable
    from qa.render import path_line, source_line

    _tell_samples(articles)
    found = find_article(article, articles, index)
    if as_json:
        sys.stdout.write(json.dumps(article_document(found), indent=2) + "\n")
        return
    text = found.text.replace("\r\n", "\n")
    sys.stdout.write(f"{source_line(found)}\n{path_line(found.path)}\n\n{printable(text)}\n")


@app.command("eval")
@guarded
def eval_command(
    questions: Annotated[Path, typer.Argument(help="A file of questions, one JSON object a line.")],
    articles: Articles = None,
    index: IndexFolder = None,
    as_json: AsJson = False,
    dense_weight: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="Weight of dense search: 0 is BM25 alone, 1 dense alone.", show_default=False
        ),
    ] = None,
) -> None:
    """Measure the answers to questions whose answers are known.

    Each line of the file is one question: {"id": "1", "question": "...", "answers": ["...", "..."]}. A quote is right
    if it holds one of the answers; with an empty list, the articles do not tell and the question should be refused.
    """
    from qa.evaluation import evaluate, read_questions

    asked = read_questions(questions)
    _tell_samples(articles)
    # A progress bar takes hold of stdout, so that it has to be gone when the table is printed.
    with terminal.progress() as report:
        scores = evaluate(asked, articles, index, dense_weight, report)
    terminal.show_table(scores.to_dict(), as_json)


@app.command()
@guarded
def chat(
    articles: Articles = None,
    index: IndexFolder = None,
    question: Annotated[str | None, typer.Argument(help="A first question.", show_default=False)] = None,
) -> None:
    """Open the chat in the terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(
            "The chat cannot be opened",
            "it needs a terminal for input and output",
            'use: pullquote ask "QUESTION" --articles DIR',
        )
    from qa.chat import Chat
    from tui import run

    raise typer.Exit(run(Chat(articles, index), question))


def _tell_samples(articles: str | None) -> None:
    from qa.corpus import SAMPLE_NOTE

    if articles is None:
        terminal.note(SAMPLE_NOTE)


def _open(chat: Any) -> None:
    with terminal.progress() as report:
        info = chat.open(report)
    terminal.show_corpus(info)


def _ask_lines(chat: Any, top: int, days: dict[str, date | None]) -> int:
    """Answer each line of stdin that is not blank; an error in one question is its answer."""
    answered = False
    for number, text in enumerate(sys.stdin):
        # A file from Windows may begin with a byte order mark.
        line = text if number else text.removeprefix("\ufeff")
        if not line.strip():
            continue
        try:
            answer = chat.ask(line, top=top, **days)
            answered = answered or answer.status == "answered"
            document = answer.to_dict()
        except UsageError as error:
            document = {
                "question": line.strip(),
                "status": "error",
                "what": error.what,
                "why": error.why,
                "fix": error.fix,
            }
        sys.stdout.write(json.dumps(document) + "\n")
        sys.stdout.flush()
    return ANSWERED if answered else NOT_FOUND


def _day(option: str, value: str | None) -> date | None:
    from index.dates import parse_date

    if value is None:
        return None
    found = parse_date(value)
    if found is None:
        raise UsageError(
            f"{option} is not understood", f"“{value}” is no date, or could be two", "write it as 2022-01-06"
        )
    return found


if __name__ == "__main__":
    run()
