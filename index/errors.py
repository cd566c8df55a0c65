"""Every error that pullquote raises on purpose.

The tree::

    PullquoteError                 exit code 3
    ├── UsageError                 exit code 2: the call itself is wrong
    │   ├── QuestionError          the question is empty or far too long
    │   └── ArticleNotFoundError   no article, or several, by that id
    ├── CorpusError                the articles cannot be used
    │   ├── CorpusNotFoundError    the folder or file is not there
    │   └── NothingReadableError   it is there, but holds no readable article
    ├── IndexStateError            the index directory cannot be used
    │   ├── IndexNotFoundError     nothing has been indexed there
    │   ├── IndexBusyError         another process is writing it
    │   ├── IndexWriteError        the disk or its permissions do not let it be written
    │   ├── IndexDamagedError      a part is missing or does not fit the others
    │   └── IndexMismatchError     made with another format or another model
    ├── ModelError                 the embedding model cannot be used
    │   ├── ModelNotFoundError     it is not on this machine
    │   └── ModelDamagedError      its weights are not the published ones
    └── HistoryError               what is kept of past conversations cannot be used
"""

# What to do about a damaged index.
MENDED_BY = "run: pullquote doctor --fix, with the same --articles and --index"


class PullquoteError(Exception):
    """The root of the tree: what happened, why, and what to do about it.

    Attributes:
        what: What happened, as one sentence without a full stop.
        why: The cause, as one sentence without a full stop.
        fix: What the user can do, as one sentence without a full stop.
        exit_code: The exit code of the command line for this error.

    Example:
        >>> str(PullquoteError("The index cannot be opened", "it is empty", "run: pullquote index DIR"))
        'The index cannot be opened: it is empty. To fix it, run: pullquote index DIR.'
    """

    exit_code = 3

    def __init__(self, what: str, why: str, fix: str) -> None:
        """Keep the three parts, so that each front end can lay them out."""
        super().__init__(what, why, fix)
        self.what = what
        self.why = why
        self.fix = fix

    def __str__(self) -> str:
        """The three parts as one line of text."""
        return f"{self.what}: {self.why}. To fix it, {self.fix}."


class UsageError(PullquoteError):
    """The call itself is wrong: nothing was tried."""

    exit_code = 2


class QuestionError(UsageError):
    """The question is empty or far too long."""


class ArticleNotFoundError(UsageError):
    """No article, or more than one, goes by the id that was given."""


class CorpusError(PullquoteError):
    """The articles cannot be used."""


class CorpusNotFoundError(CorpusError):
    """The folder or file that was named is not there."""


class NothingReadableError(CorpusError):
    """The folder or file is there, but no article in it can be read."""


class IndexStateError(PullquoteError):
    """The index directory cannot be used as it is."""


class IndexNotFoundError(IndexStateError):
    """Nothing has been indexed in this directory."""


class IndexBusyError(IndexStateError):
    """Another process is writing this index."""


class IndexWriteError(IndexStateError):
    """The index cannot be written: the disk is full, or the directory is read-only."""


class IndexDamagedError(IndexStateError):
    """A part of the index is missing or does not fit the others."""


class IndexMismatchError(IndexStateError):
    """The index was made in another format or with another model."""


class ModelError(PullquoteError):
    """The embedding model cannot be used."""


class ModelNotFoundError(ModelError):
    """The embedding model is not on this machine."""


class ModelDamagedError(ModelError):
    """The weights of the embedding model are not the published ones."""


class HistoryError(PullquoteError):
    """What is kept of past conversations cannot be read, written or shown."""
