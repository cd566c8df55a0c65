import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

import qa.chat
from index.errors import (
    CorpusNotFoundError,
    IndexMismatchError,
    NothingReadableError,
    QuestionError,
)
from index.fusion import FusionSettings
from index.locations import default_index_folder
from index.records import Progress
from qa.answer import Answer
from qa.chat import Chat, ask
from qa.corpus import SAMPLE_NOTE
from qa.inspection import describe

REPAIRS = "How many weeks will the repairs of the bridge take?"
OWLS = "Where do the barn owls nest?"
OWL_STORY = "Owls in the tower\n\nTwo barn owls nest in the bell tower of Saint Odile.\n"


@pytest.fixture(autouse=True)
def nothing_opened(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[Path, Path], Chat]:
    """A process that has not asked yet."""
    opened: dict[tuple[Path, Path], Chat] = {}
    monkeypatch.setattr(qa.chat, "_OPENED", opened)
    return opened


def quoted(answer: Answer) -> set[str]:
    return {evidence.quote for evidence in answer.evidence}


def test_without_articles_the_samples_are_asked_and_that_is_said_once_on_stderr(
    capsys: pytest.CaptureFixture[str],
) -> None:
    first = ask("How many troops did the CSTO send?")
    assert capsys.readouterr() == ("", f"{SAMPLE_NOTE}\n")
    assert "2,500" in first.text
    assert ask("How many troops did the CSTO send?") == first
    assert capsys.readouterr() == ("", "")
    assert first.notes == ()


def test_named_articles_are_asked_without_a_word(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = ask(REPAIRS, articles=corpus)
    assert answer.status == "answered"
    assert "14 weeks" in answer.text
    assert capsys.readouterr() == ("", "")


def test_a_folder_may_be_named_by_a_string_and_by_another_way_to_it(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(corpus.parent)
    assert ask(REPAIRS, articles="articles").text == ask(REPAIRS, articles=corpus).text


def test_one_file_can_be_asked(corpus: Path) -> None:
    answer = ask(REPAIRS, articles=corpus / "bridge.txt")
    assert {evidence.article.path for evidence in answer.evidence} == {str(corpus / "bridge.txt")}


def test_later_questions_of_a_process_use_the_index_as_it_was_opened(corpus: Path) -> None:
    ask(REPAIRS, articles=corpus)
    generation = describe(corpus, None)["generation"]
    (corpus / "owls.txt").write_text(OWL_STORY, "utf-8")
    (corpus / "market.txt").unlink()
    assert "bell tower" not in str(ask(OWLS, articles=corpus, top=50))
    assert "Bramford" in str(ask("Where has the cheese market moved?", articles=corpus))
    assert describe(corpus, None)["generation"] == generation

    later = Chat(corpus)
    assert "bell tower" in later.ask(OWLS).text
    assert "Bramford" not in str(later.ask("Where has the cheese market moved?", top=50))
    later.close()


def test_an_index_directory_can_be_named(corpus: Path, tmp_path: Path) -> None:
    ask(REPAIRS, articles=corpus, index=tmp_path / "here")
    assert (tmp_path / "here" / "index.db").is_file()
    assert not default_index_folder(corpus).exists()


def test_the_samples_can_be_indexed_anywhere(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2,500" in ask("How many troops did the CSTO send?", index=str(tmp_path / "here")).text
    assert (tmp_path / "here" / "index.db").is_file()
    assert capsys.readouterr().err == f"{SAMPLE_NOTE}\n"


def test_an_index_of_other_articles_is_refused(corpus: Path, tmp_path: Path) -> None:
    ask(REPAIRS, articles=corpus, index=tmp_path / "here")
    other = shutil.copytree(corpus, tmp_path / "other")
    with pytest.raises(IndexMismatchError):
        ask(REPAIRS, articles=other, index=tmp_path / "here")


def test_articles_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusNotFoundError):
        ask(REPAIRS, articles=tmp_path / "none")


def test_a_folder_without_articles_is_told(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    with pytest.raises(NothingReadableError):
        ask(REPAIRS, articles=tmp_path)


@pytest.mark.parametrize("question", ["", " \n\t", "?!…", "\x00", "why " * 250_000], ids=str.__len__)
@pytest.mark.parametrize("how", [ask, lambda question, folder: Chat(folder).ask(question)])
def test_a_question_that_cannot_be_asked_is_refused_before_anything_is_built(
    how: Callable[[str, Path], Answer], question: str, corpus: Path
) -> None:
    with pytest.raises(QuestionError):
        how(question, corpus)
    assert not default_index_folder(corpus).exists()


def test_what_failed_is_tried_again(corpus: Path, tmp_path: Path) -> None:
    later = tmp_path / "later"
    with pytest.raises(CorpusNotFoundError):
        ask(REPAIRS, articles=later)
    shutil.copytree(corpus, later)
    assert "14 weeks" in ask(REPAIRS, articles=later).text


@pytest.mark.parametrize("question", ["Who won the 2018 World Cup?", "How tall is Mount Elbrus?"])
def test_what_the_articles_do_not_tell_is_not_found(town: Chat, question: str) -> None:
    answer = town.ask(question)
    assert (answer.status, answer.text) == ("not_found", "")
    assert answer.evidence
    assert answer.confidence < 0.5


def test_the_weight_of_dense_search_decides_which_passages_are_read(hostile_folder: Path) -> None:
    read = []
    for weight in (0.0, 1.0):
        chat = Chat(hostile_folder, fusion=FusionSettings(dense=weight))
        read.append(quoted(chat.ask("Who looks after the light by the sea?", top=100)))
        chat.close()
    assert read[0] != read[1]


def test_a_bar_that_nothing_clears_refuses_everything_and_one_of_nothing_refuses_nothing(town_folder: Path) -> None:
    strict, lax = Chat(town_folder, threshold=1.0), Chat(town_folder, threshold=0.0)
    assert strict.ask(REPAIRS).status == "not_found"
    assert lax.ask("Who won the 2018 World Cup?").status == "answered"
    strict.close()
    lax.close()


@pytest.mark.parametrize("top", [1, 2, 4])
def test_at_most_so_many_sentences_are_returned_and_fewer_are_a_part_of_more(town: Chat, top: int) -> None:
    assert town.ask(REPAIRS, top=top).evidence == town.ask(REPAIRS, top=10).evidence[:top]


def test_evidence_comes_best_first(town: Chat) -> None:
    evidence = town.ask("What does a wheel of the oldest cheese cost?", top=10).evidence
    assert evidence[0].quote == "A wheel of the oldest cheese costs 48 crowns."
    assert evidence[0].score > evidence[-1].score


@pytest.mark.parametrize(
    ("since", "until", "days"),
    [
        (date(2021, 4, 1), None, {date(2021, 4, 11), date(2021, 6, 9)}),
        (None, date(2021, 3, 4), {date(2021, 3, 3)}),
        (date(2021, 3, 5), date(2021, 4, 11), {date(2021, 3, 5), date(2021, 4, 11)}),
    ],
)
def test_only_articles_of_a_range_of_days_are_quoted(
    town: Chat, since: date | None, until: date | None, days: set[date]
) -> None:
    answer = town.ask("What happened at the bridge over the Linden?", top=20, since=since, until=until)
    places = [place for evidence in answer.evidence for place in (evidence, *evidence.also)]
    assert {place.article.published for place in places} == days
    assert answer.notes == ("1 article without a known date was left out.",)


def test_a_range_without_articles_finds_nothing_and_says_why(town: Chat) -> None:
    answer = town.ask(REPAIRS, since=date(2030, 1, 1))
    assert (answer.status, answer.evidence, answer.confidence) == ("not_found", (), 0.0)
    assert answer.notes == ("No article with a known date of publication lies in this range of dates.",)
    assert answer.notes[0] in str(answer)


def test_the_question_is_kept_on_one_line(town: Chat) -> None:
    assert town.ask("  Who opened\n the bridge\tagain? ").question == "Who opened the bridge again?"


def test_half_a_character_in_a_question_is_replaced(town: Chat) -> None:
    answer = town.ask("How many weeks will the repairs of the bridge take\ud83d?")
    assert answer.question == "How many weeks will the repairs of the bridge take??"
    assert "14 weeks" in answer.text


def test_several_threads_may_ask_at_once(town: Chat) -> None:
    questions = [REPAIRS, OWLS, "Who opened the bridge again?", "What does a ticket cost?"] * 2
    alone = [town.ask(question) for question in questions]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(town.ask, questions)) == alone


def test_a_chat_reads_nothing_before_it_is_opened(corpus: Path) -> None:
    chat = Chat(corpus)
    assert not default_index_folder(corpus).exists()
    stages: list[Progress] = []
    info = chat.open(stages.append)
    assert (info.path, info.articles, info.is_sample, info.skipped, info.notes) == (str(corpus), 3, False, (), ())
    assert {"Reading articles", "Encoding passages"} <= {stage.stage for stage in stages}
    assert chat.open() is info
    chat.close()


def test_a_closed_chat_opens_again_when_asked(corpus: Path) -> None:
    chat = Chat(corpus)
    chat.close()
    before = chat.ask(REPAIRS)
    chat.close()
    assert chat.ask(REPAIRS) == before
    chat.close()


def test_a_chat_completes_a_follow_up_and_tells_the_question_it_asked(town_folder: Path) -> None:
    chat = Chat(town_folder)
    first = chat.ask("Who opened the bridge again?")
    assert (first.resolved_question, first.notes) == ("", ())
    second = chat.ask("When?")
    assert second.question == "When?"
    assert second.resolved_question.endswith("Ida Brandt open the bridge again?")
    assert "on Wednesday" in second.text
    assert second.to_dict()["resolved_question"] == second.resolved_question
    chat.close()


def test_a_chat_leaves_a_question_that_stands_alone_alone(town_folder: Path) -> None:
    chat = Chat(town_folder)
    alone = chat.ask(OWLS)
    chat.ask("Who opened the bridge again?")
    assert chat.ask(OWLS) == alone
    chat.close()


def test_a_chat_says_what_it_cannot_resolve_and_asks_the_question_as_it_stands(town_folder: Path) -> None:
    chat = Chat(town_folder)
    answer = chat.ask("When did he open the bridge?")
    assert answer.resolved_question == ""
    assert answer.notes[0] == "It is not known what “he” refers to."
    chat.close()


def test_a_chat_forgets_when_told_and_remembers_the_last_questions_only(town_folder: Path) -> None:
    chat = Chat(town_folder, remembered=2)
    chat.ask("Who opened the bridge again?")
    assert "Ida Brandt" in chat.ask("Where does she live?").resolved_question
    chat.forget()
    assert chat.ask("Where does she live?").resolved_question == ""

    chat.ask("Who opened the bridge again?")
    chat.ask("How much does a ticket cost?")
    chat.ask("When did the cheese market move?")
    assert chat.ask("Where does she live?").resolved_question == ""
    chat.close()


def test_what_was_no_question_by_itself_is_not_gone_on_from(town_folder: Path) -> None:
    chat = Chat(town_folder)
    chat.ask("Why?")
    assert chat.ask("And in Bramford?").notes == ("There is no earlier question that would complete this one.",)
    chat.close()


def test_single_questions_and_a_chat_without_memory_do_not_refer_to_each_other(town_folder: Path) -> None:
    chat = Chat(town_folder, remembered=0)
    for question in ("Who opened the bridge again?", "When?"):
        for answer in (ask(question, town_folder), chat.ask(question)):
            assert (answer.question, answer.resolved_question, answer.notes) == (question, "", ())
    chat.close()
