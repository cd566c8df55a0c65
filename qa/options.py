"""The options that several commands take."""

from typing import Annotated

import typer

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
ReaderFolder = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="DIR",
        help="A reader made by pullquote train. [default: the bundled one]",
        show_default=False,
    ),
]
Ray = Annotated[
    str | None,
    typer.Option(
        "--ray",
        metavar="ADDRESS",
        help="Where shards are: local for workers on this machine, or the address of a Ray cluster. [default: in this"
        " process]",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Since = Annotated[
    str | None,
    typer.Option(help="Only articles published on this day or later, such as 2022-01-06.", show_default=False),
]
Explain = Annotated[bool, typer.Option("--explain", help="Show the scores that led to each sentence.")]
Until = Annotated[str | None, typer.Option(help="Only articles published on this day or earlier.", show_default=False)]
