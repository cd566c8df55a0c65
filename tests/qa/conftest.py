"""Articles that are indexed once for all tests of the package, and only read by them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.library import Index
from qa.answer import Answer
from qa.chat import Chat
from qa.corpus import open_corpus

_TUNNEL = (
    "The harbour tunnel at Oslen was flooded on Tuesday and {count} drivers were led out on foot.\n\n"
    "Chief engineer Runa Holt said that the pumps of the {name} tube had failed because a fuse had burnt.\n"
)
_LAMPS = " ".join(
    f"Keeper {number} of the Oslen lighthouse lit {number + 3} lamps before dusk." for number in range(60)
)

HOSTILE = {
    "crlf.txt": ("Tunnel floods\n\nPublished 4 May 2021\n\n" + _TUNNEL.format(count=412, name="east"))
    .replace("\n", "\r\n")
    .encode(),
    "bom.txt": b"\xef\xbb\xbf" + ("Tunnel\n\n" + _TUNNEL.format(count=413, name="west")).encode(),
    "wide.txt": ("Tunnel again\n\n" + _TUNNEL.format(count=414, name="upper")).encode("utf-16"),
    "western.txt": "Ferry prices\n\nThe “Zürich” ferry cost £5 – a bargain, the purser Hélène Roux said.\n".encode(
        "cp1252"
    ),
    "spaces.txt": (
        b"Fuses\n\nThe mayor\xc2\xa0of Oslen paid 1\xc2\xa0200\xc2\xa0crowns for\xe2\x80\x89a fuse on\xc2\xa06 May.\n"
    ),
    "escapes.txt": (
        b"\x1b[31mRed tale\x1b[0m\n\n"
        b"The pilot \x1b]0;owned\x07Ivo Brand landed \x1b[2Jthe blue seaplane with 37 guests on board.\n"
    ),
    "e\x1b[31mvil.md": (
        b"---\ntitle: Anchors \x1b[5m of Karn\n---\n\nThe blacksmith of Karn forged 91 anchors in one winter.\n"
    ),
    "brackets.txt": (
        b"[AFP] Herons counted [AFP]\n\n"
        b"OSLEN [AFP] - The keeper [link=x] Olaf Dunn [/red] counted [bold]58[/bold] herons at the lake.\n"
    ),
    # One line of 300 kB: sentences, then something like an image that was pasted as text, then a sentence.
    "one-line.txt": (_LAMPS + " " + "QmFzZTY0" * 37_000 + " The lighthouse cat of Oslen is called Wick.").encode(),
}

HOSTILE_QUESTIONS = (
    "How many drivers were led out of the harbour tunnel on foot?",
    "Why did the pumps of the tunnel fail?",
    "How much did the Zürich ferry cost?",
    "How much did the mayor of Oslen pay for a new fuse?",
    "Who landed the blue seaplane?",
    "How many anchors did the blacksmith of Karn forge?",
    "How many herons did Olaf Dunn count at the lake?",
    "How many lamps did keeper 17 of the lighthouse light?",
    "What is the lighthouse cat called?",
)


@pytest.fixture(scope="session")
def samples() -> Iterator[Chat]:
    """The bundled sample articles, opened."""
    chat = Chat()
    chat.open()
    yield chat
    chat.close()


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles with everything that files of news have been seen to hold."""
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in HOSTILE.items():
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(scope="session")
def hostile(hostile_folder: Path) -> Iterator[Chat]:
    """The hostile articles, opened."""
    chat = Chat(hostile_folder)
    chat.open()
    yield chat
    chat.close()


@pytest.fixture(scope="session")
def hostile_answers(hostile: Chat) -> list[Answer]:
    """The answers to all questions about the hostile articles."""
    return [hostile.ask(question, top=10) for question in HOSTILE_QUESTIONS]


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four short articles of a town, with two of one name, a page, a dump, and two files that cannot be read."""
    folder = tmp_path_factory.mktemp("town")
    (folder / "archive").mkdir()
    (folder / "bridge.txt").write_text(
        "Old bridge closes after flood\n\nPublished 3 March 2021\n\n"
        "The stone bridge over the Linden was closed on Monday after the river rose by three metres. "
        "Engineer Tomas Veld said that repairs would take 14 weeks. About 230 people live on the far bank.\n",
        "utf-8",
    )
    (folder / "archive" / "bridge.txt").write_text(
        "Stone bridge opens again\n\nPublished 9 June 2021\n\n"
        "The stone bridge over the Linden was opened again on Wednesday by Mayor Ida Brandt. "
        "About 230 people live on the far bank.\n",
        "utf-8",
    )
    (folder / "market.txt").write_text(
        "Cheese market moves to the town hall\n\n"
        "The weekly cheese market has moved to the town hall in Bramford because of the rain. "
        "A wheel of the oldest cheese costs 48 crowns.\n",
        "utf-8",
    )
    (folder / "notes.jsonl").write_text(
        '{"title": "Owls in the tower", "date": "2021-04-11", "text": "Two barn owls have nested in the bell tower of'
        ' Saint Odile, the sexton Piet Harrow said."}\n'
        '{"title": "Ferry until midnight", "date": "2021-03-05", "text": "The ferry across the Linden will run until'
        ' midnight, the harbour office said. A ticket costs two crowns."}\n',
        "utf-8",
    )
    (folder / "picture.txt").write_bytes(bytes(range(32)) * 20)
    (folder / "nothing.txt").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def town(town_folder: Path) -> Iterator[Chat]:
    """The articles of the town, opened."""
    chat = Chat(town_folder)
    chat.open()
    yield chat
    chat.close()


@pytest.fixture(scope="session")
def town_index(town: Chat, town_folder: Path) -> Iterator[Index]:
    """The index of the town's articles."""
    town.open()
    index = open_corpus(town_folder, None).index
    yield index
    index.close()


@pytest.fixture(scope="session")
def here(town: Chat, town_folder: Path) -> list[object]:
    """The options that name the articles of the town, which are indexed."""
    town.open()
    return ["--articles", town_folder]
