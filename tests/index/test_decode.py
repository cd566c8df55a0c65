import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.decode import DamagedText, Undecodable, decode, decode_mended

printable = st.text(st.characters(exclude_categories=("Cc", "Cs")))
english = st.lists(
    st.sampled_from(["The", "river", "rose", "by", "£5m", "it’s", "“wet”", "café", "–", "Zoë", "said…", "\r\n"]),
    min_size=3,
).map(lambda words: "The mayor said: " + " ".join(words))

RUSSIAN = "Мэр города сказал в четверг, что уровень реки за ночь поднялся на два метра."
JAPANESE = "市長は木曜日、川の水位が一晩で二メートル上昇したと述べた。"
CHINESE = "市长周四表示，河水一夜之间上涨了两米，许多居民被疏散。"


@given(printable)
def test_utf8_is_read_as_it_is(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert decode(text.encode()) == (text, "utf-8")


@given(printable, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_a_byte_order_mark_names_the_encoding_and_is_no_part_of_the_text(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


def test_a_big_endian_byte_order_mark_is_known() -> None:
    assert decode(b"\xfe\xff" + "Rain".encode("utf-16-be")) == ("Rain", "utf-16")


@given(english, st.sampled_from(["utf-16-le", "utf-16-be"]))
def test_utf16_is_known_without_a_byte_order_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@settings(deadline=None)  # the first call imports the parsers
@given(english)
def test_english_in_cp1252_is_read_as_cp1252(text: str) -> None:
    data = text.encode("cp1252")
    assert decode(data) == (text, "utf-8" if data.isascii() else "cp1252")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(RUSSIAN, "cp1251"), (RUSSIAN, "koi8-r"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"), (CHINESE, "gb18030")],
)
def test_other_legacy_encodings_are_told_from_the_text(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    decoded, named = decode(data)
    assert decoded == text
    assert data.decode(named) == text


def test_markup_around_it_does_not_hide_another_script() -> None:
    page = "".join(f'<p class="paragraph">{word}</p>' for word in RUSSIAN.split())
    assert decode(page.encode("cp1251")) == (page, "cp1251")


def test_line_ends_are_kept() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == ("one\r\ntwo\rthree\n", "utf-8")


def test_a_stray_control_character_does_not_make_text_binary() -> None:
    assert decode(b"It rained\x0c all\x07 day.")[0] == "It rained\x0c all\x07 day."


def test_a_stray_nul_does_not_make_text_binary() -> None:
    data = b"It rained\x00 all day." + b" The river rose by two metres." * 5
    text, encoding = decode(data)
    assert (text, encoding) == (data.decode("ascii"), "utf-8")


def test_an_empty_file_is_empty_text() -> None:
    assert decode(b"") == ("", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        bytes(range(256)),
        bytes(range(1, 32)) * 3,
        bytes(range(128, 256)) * 3,
        b"It\x00rained\x00all\x00day, and the river rose by two metres.",
        b"\xff\xfeR\x00a\x00i",
    ],
    ids=["picture", "every byte", "control characters", "every high byte", "many NULs", "half a character"],
)
def test_binary_data_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(Undecodable) as refusal:
        decode(data)
    assert "binary data" in refusal.value.reason


def test_damaged_utf8_is_refused_rather_than_read_as_gibberish() -> None:
    cut = "“It rained”, said the mayor of Zürich…".encode()[:-1]
    with pytest.raises(DamagedText, match="damaged UTF-8"):
        decode(cut)


def test_damaged_utf8_can_be_read_with_the_broken_place_marked() -> None:
    cut = "“It rained”, said the mayor of Zürich…".encode()[:-1]
    assert decode_mended(cut) == ("“It rained”, said the mayor of Zürich\ufffd", "utf-8")


def test_mending_leaves_whole_text_alone_and_still_refuses_binary_data() -> None:
    assert decode_mended(b"caf\xe9 in the rain") == ("café in the rain", "cp1252")
    with pytest.raises(Undecodable):
        decode_mended(bytes(range(256)))


@settings(deadline=None)  # the first call imports the parsers
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_or_decode_to_exactly_the_text(data: bytes) -> None:
    try:
        text, encoding = decode(data)
    except Undecodable:
        return
    assert data.decode(encoding) == text
