"""The command line. stdout is data, stderr is everything else.

Exit codes: 0 answered, 1 not found, 2 usage, 3 the articles or the index cannot be used, 130 interrupted.
``qa.main`` starts it as the console script.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from index.errors import UsageError
from qa import terminal
from qa.chat_commands import chat_command, serve_command
from qa.guard import ANSWERED, INTERRUPTED, NOT_FOUND, UNUSABLE, guarded
from qa.main import run
from qa.options import Articles, AsJson, Explain, IndexFolder, Ray, ReaderFolder, Since, Until

app = typer.Typer(
    help="Ask news articles a question, and get back the sentence that answers it, word for word, with its source.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


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
        chat_command()


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
    reader: ReaderFolder = None,
    explain: Explain = False,
    ray: Ray = None,
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
    chat = Chat(articles, index, reader=reader, remembered=0, ray=ray)
    _open(chat)
    if question == "-":
        raise typer.Exit(_ask_lines(chat, top, days))
    answer = chat.ask(question, top=top, **days)
    if as_json:
        sys.stdout.write(json.dumps(answer.to_dict(), indent=2) + "\n")
    else:
        terminal.show_lines(answer_lines(answer, explain=explain))
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
    shards: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=1024,
            help="Divide the index into N shards; 1 makes it one index again. [default: as it is]",
            metavar="N",
            show_default=False,
        ),
    ] = None,
    ray: Ray = None,
) -> None:
    """Build the index of a folder, or bring it up to date."""
    from qa.building import build

    with terminal.progress() as report:
        done = build(articles, index, model, shards, ray, report)
    for text in done.notes:
        terminal.note(text)
    terminal.show_skipped(done.skipped)
    sys.stdout.write(
        f"{done.articles} articles, {done.passages} passages."
        f" Files: {done.added} added, {done.changed} changed, {done.removed} removed, {done.unchanged} unchanged,"
        f" {len(done.skipped)} skipped. {done.encoded} texts encoded.\n"
    )


@app.command()
@guarded
def status(articles: Articles = None, index: IndexFolder = None, as_json: AsJson = False) -> None:
    """Tell what is indexed, and where. The exit code is 3 if a shard of it cannot be used."""
    from qa.inspection import describe, shard_lines
    from qa.render import path_line

    _tell_samples(articles)
    table = describe(articles, index)
    terminal.show_table(table, as_json)
    if not as_json:
        sys.stdout.writelines(f"{path_line(line)}\n" for line in shard_lines(table))
    raise typer.Exit(UNUSABLE if any(shard["fault"] for shard in table.get("shards", [])) else ANSWERED)


@app.command()
@guarded
def doctor(
    articles: Articles = None,
    index: IndexFolder = None,
    as_json: AsJson = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is found, by the smallest rebuild.")] = False,
) -> None:
    """Check that an index is what was written, and fits the articles.

    The exit code is 3 if there is a fault that was not mended. What is only outdated is no fault.
    """
    from qa.examination import document, has_fault, lines
    from qa.inspection import examined, mended

    _tell_samples(articles)
    if fix:
        with terminal.progress() as report:
            before, after = mended(articles, index, report)
    else:
        before, after = examined(articles, index), None
    if as_json:
        sys.stdout.write(json.dumps(document(before, after), indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{line}\n" for line in lines(before, after))
    raise typer.Exit(UNUSABLE if has_fault(before if after is None else after) else ANSWERED)


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
    questions: Annotated[Path, typer.Argument(help="A file of questions: JSON lines, or SQuAD 1.1 or 2.0.")],
    articles: Articles = None,
    index: IndexFolder = None,
    as_json: AsJson = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all of it as one page of HTML.", show_default=False)
    ] = None,
    compare: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Compare with what --json printed earlier.", show_default=False),
    ] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Draw N questions at random.", show_default=False)
    ] = None,
    unanswerable: Annotated[
        int, typer.Option(min=0, metavar="N", help="Add up to N questions made unanswerable by swapping a word.")
    ] = 0,
    seed: Annotated[int, typer.Option(help="The seed of all that is random.")] = 0,
    dense_weight: Annotated[
        float | None,
        typer.Option(
            min=0.0, max=1.0, help="Weight of dense search: 0 is BM25 alone, 1 dense alone.", show_default=False
        ),
    ] = None,
    reader: ReaderFolder = None,
) -> None:
    """Measure the answers to questions whose answers are known.

    Each line of the file is one question: {"id": "1", "question": "...", "answers": ["...", "..."]}. A quote is right
    if it holds one of the answers; with an empty list, the articles do not tell and the question should be refused.

    The paragraphs of a file in SQuAD format are its articles, unless --articles names others.
    """
    from qa.evaluation.plan import read_plan
    from qa.evaluation.table import table

    if report and not report.absolute().parent.is_dir():
        raise UsageError("The report cannot be written", f"{report.parent} is no folder", "name a file in a folder")
    plan = read_plan(questions, articles, sample=sample, seed=seed, earlier=compare)
    _tell_samples(plan.articles)
    # A progress bar takes hold of stdout, so that it has to be gone when the table is printed.
    with terminal.progress() as show_progress:
        document = plan.carry_out(index, unanswerable, dense_weight, show_progress, reader)
    if unanswerable:
        terminal.note(f"Questions made unanswerable and added: {document['questions'] - len(plan.questions)}.")
    terminal.show_table(document if as_json else table(document), as_json)
    if report:
        from qa.evaluation.report import report_page

        report.write_text(report_page(document), "utf-8", "replace")


@app.command("train")
@guarded
def train_command(
    data: Annotated[
        list[Path],
        typer.Argument(help="Files of questions: JSON lines with question, context, answer and start, or SQuAD JSON."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The folder that the reader is written to.")],
    work: Annotated[
        Path, typer.Option(metavar="DIR", help="A folder for checkpoints; a second run goes on from the last one.")
    ],
    epochs: Annotated[
        float, typer.Option(min=0.01, help="How often the data is gone through; with --from, once at most.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="The seed of all that is random.")] = 13,
    earlier: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="DIR",
            help="The --work folder of an earlier training to go on from; of several, their mean.",
        ),
    ] = None,
) -> None:
    """Train a reader on questions of your own, to be named with --reader.

    An hour on two cores for 85,000 questions. Nothing else needs it: a trained reader comes with pullquote.
    """
    from qa.training.command import train_reader
    from qa.training.loop import FURTHER_LEARNING_RATE, LEARNING_RATE, Settings

    rate = FURTHER_LEARNING_RATE if earlier else LEARNING_RATE
    settings = Settings(epochs=epochs, seed=seed, learning_rate=rate)
    try:
        train_reader(data, out, work, settings, terminal.note, earlier or ())
    except KeyboardInterrupt:
        terminal.note(
            "Interrupted; the same command goes on from the last checkpoint. Training writes one in five minutes."
        )
        raise typer.Exit(INTERRUPTED) from None


app.command("chat")(chat_command)
app.command("serve")(serve_command)


def _tell_samples(articles: str | Path | None) -> None:
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
