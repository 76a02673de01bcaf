"""Numbers as people type them, with units, and back."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlsd_cards.cards.quantity import read, written
from mlsd_cards.cards.unit import KNOWN, conversion, parse

GOOD = [
    # plain numbers
    ("42", "1", 42),
    (" -3.5 ", "1", -3.5),
    ("− 3", "1", -3),
    ("+.5", "1", 0.5),
    ("5.", "1", 5),
    ("≈ 0.0826", "1", 0.0826),
    ("~=12", "1", 12),
    ("1e6", "1", 1e6),
    ("1.5E-3", "1", 0.0015),
    ("3 × 10^6", "1", 3e6),
    ("3x10^6", "1", 3e6),
    ("3·10⁻⁶", "1", 3e-6),
    ("5.9×10²¹", "FLOPs", 5.9e21),
    ("10**9", "1", 1e9),
    ("2^30", "bytes", 2**30),
    ("3/4", "1", 0.75),
    ("7⁄39", "1", 7 / 39),
    ("1/2 %", "1", 0.005),
    # thousands and decimal commas
    ("1,000", "1", 1000),
    ("78,125", "1", 78125),
    ("1,234,567.8", "1", 1234567.8),
    ("1 000", "1", 1000),
    ("1\u202f000\u202f000", "1", 1e6),
    ("1_000", "1", 1000),
    ("1'000", "1", 1000),
    ("1.234,5", "1", 1234.5),
    ("1.234.567", "1", 1234567),
    ("1 234,5", "1", 1234.5),
    ("1.000", "1", 1),
    ("0,75", "1", 0.75),
    ("12,5", "1", 12.5),
    (",5", "1", 0.5),
    ("0,125", "1", 0.125),
    ("0,0826", "1", 0.0826),
    # multipliers
    ("1.2M", "1", 1.2e6),
    ("3k", "1", 3000),
    ("3 K", "1", 3000),
    ("2 B", "1", 2e9),
    ("2b", "tokens", 2e9),
    ("2bn", "1", 2e9),
    ("2 billion", "1", 2e9),
    ("2 Trillion", "1", 2e12),
    ("1.5 million users", "users", 1.5e6),
    ("1.5 Musers", "users", 1.5e6),
    ("140 B", "B tokens", 140),
    ("140 B tokens", "B tokens", 140),
    ("140", "billion tokens", 140),
    ("140000 M tokens", "billion tokens", 140),
    ("5 million", "million", 5),
    ("5M", "million", 5),
    ("5K", " \r", 5000),
    ("1.2M", "bytes", 1.2e6),
    ("51.2G", "GB", 51.2),
    ("2k", "requests/s", 2000),
    # shares
    ("5 %", "1", 0.05),
    ("5%", "1", 0.05),
    ("5 per cent", "1", 0.05),
    ("0.05", "1", 0.05),
    ("5", "%", 5),
    ("5 %", "%", 5),
    ("5 percent", "%", 5),
    ("8 ‰", "1", 0.008),
    ("3×", "1", 3),
    ("3 percentage points", "percentage points", 3),
    # the card's own unit
    ("58 GPUs", "GPUs", 58),
    ("58gpu", "GPUs", 58),
    ("190,000 users per arm", "users per arm", 190_000),
    ("190k users", "users per arm", 190_000),
    ("12 GPU hours", "GPU-hours", 12),
    ("USD 5", "USD", 5),
    ("$1,200", "USD", 1200),
    ("5 usd", "USD", 5),
    # sizes
    ("51.2 GB", "GB", 51.2),
    ("51.2gb", "GB", 51.2),
    ("1 GiB", "GB", 1.073741824),
    ("1 gib", "MiB", 1024),
    ("1 GB", "GiB", 1e9 / 2**30),
    ("1500 MB", "GB", 1.5),
    ("2 TB", "GB", 2000),
    ("2 terabytes", "TB", 2),
    ("8 Gbit", "GB", 1),
    ("2 B", "bytes", 2),
    ("2 kB", "bytes per row", 2000),
    ("131,072 B", "KiB", 128),
    ("5 GB/s", "MB/s", 5000),
    ("86.4 GB/day", "MB/s", 1),
    # times
    ("1500 ms", "s", 1.5),
    ("1.5 s", "ms", 1500),
    ("2 min", "s", 120),
    ("2 Hours", "min", 120),
    ("36 h", "days", 1.5),
    ("1 day", "h", 24),
    ("5 µs", "ms", 0.005),
    ("20 ms", "ms per token", 20),
    # rates and computing
    ("2 M requests per day", "requests/s", 2e6 / 86400),
    ("23,148 requests per second", "requests/s", 23148),
    ("2.5 PFLOPs", "TFLOPs", 2500),
    ("5 GFLOPs", "FLOPs", 5e9),
]


@pytest.mark.parametrize(("text", "unit", "right"), GOOD)
def test_read(text, unit, right):
    assert read(text, unit) == pytest.approx(right, rel=1e-12)


BAD = [
    ("", "1", "type a number"),
    ("   ", "GB", "type a number"),
    ("GB", "GB", "type a number"),
    ("many", "1", "type a number"),
    *((text, "1", "type a number") for text in ("nan", "inf", "-inf", "∞", "Infinity", "٣", "-")),
    ("1e999", "1", "too large"),
    ("10^999", "1", "too large"),
    ("5/1e999", "1", "too large"),
    ("1e300 × 10^300", "1", "too large"),
    ("1e308 TB", "bytes", "too large"),
    ("1e99999", "1", "'e99999' is not a unit"),
    ("0^-1", "1", "too large"),
    ("3/0", "1", "divided by zero"),
    ("9" * 101, "1", "too long"),
    ("1,00,000", "1", "'1,00,000' could mean two numbers"),
    ("1234,567", "1", "could mean two numbers"),
    ("1,234,5", "1", "could mean two numbers"),
    ("1 00", "1", "could mean two numbers"),
    ("3 4", "1", "could mean two numbers"),
    ("1.2.3", "1", "could mean two numbers"),
    ("1 3/4", "1", "could mean two numbers"),
    ("5 ms", "GB", "'ms' is a time; the answer is asked in GB"),
    ("5 GB", "ms", "'GB' is a size"),
    ("5 GB", "1", "'GB' is a size in bytes or bits; the answer is a plain number"),
    ("5 %", "GB", "'%' is a share"),
    ("5 GB", "GB/s", "'GB' is a size"),
    ("5 GB/s", "GB", "per time; the answer is asked in GB"),
    ("5 TFLOPs", "GB", "'TFLOPs' is an amount of computing"),
    ("5 apples", "GPUs", "'apples' is not a unit of this answer; the answer is asked in GPUs"),
    ("5 apples", "1", "the answer is a plain number"),
    ("51M", "GB", "'M' could mean two things here: write the unit, as in GB"),
    ("10G", "GiB", "could mean two things"),
    ("8 Gb", "GB", "may be bits or bytes"),
    ("8 b", "bytes", "may be bits or bytes"),
    ("5 m", "1", "write M for million"),
    ("5 ± 1", "1", "not a unit"),
    ("5-6", "1", "not a unit"),
    ("1 h 30 min", "min", "not a unit"),
    ("\x1b[2J", "1", "type a number"),
    ("5 \x1b[2J", "1", r"'\x1b[2J'"),
]


@pytest.mark.parametrize(("text", "unit", "words"), BAD)
def test_what_cannot_be_read_is_said_in_words(text, unit, words):
    with pytest.raises(ValueError, match=r"\w") as caught:
        read(text, unit)
    assert type(caught.value) is ValueError
    assert words in str(caught.value)


UNITS = [
    *("1", "", "%", "GB", "GiB", "B", "bytes", "ms", "days", "GPUs", "users per arm", "B tokens"),
    *("requests/s", "USD", "USD per month", "FLOPs", "TFLOP/s", "million", "k", "/", "per", "GB/s"),
]
pieces = st.sampled_from(
    [*"0123456789.,_' +-−*/^x×eE%~≈$", "10^", "⁶", "⁻", "k", "M", "B", "bn", "GiB", "GB", "ms"]
)
typed = st.text(max_size=120) | st.lists(pieces, max_size=20).map("".join)


@given(typed, st.sampled_from(UNITS) | st.text(max_size=10))
def test_any_text_is_a_finite_number_or_a_value_error(text, unit):
    try:
        assert math.isfinite(read(text, unit))
    except ValueError as error:
        assert type(error) is ValueError
        assert str(error)


@pytest.mark.parametrize("text", ["1" * 10**6, "1 " * 10**6, "1," * 49, " " * 99 + "x", "1/" * 49])
def test_huge_and_odd_texts_end_soon(text):
    with pytest.raises(ValueError, match=r"\w"):
        read(text, "1")


finite = st.floats(-1e15, 1e15, allow_subnormal=False)


@given(finite)
def test_a_formatted_number_reads_back(number):
    for text in (repr(number), f"{number:.17e}", f"{number:.17g}", f"{number:,.17g}"):
        assert read(text, "1") == pytest.approx(number, rel=1e-15)
    assert read(f"{round(number):,}", "1") == round(number)
    assert read(f"{round(number):_}".replace("_", " "), "1") == round(number)


@given(st.floats(-1e300, 1e300, allow_subnormal=False), st.integers(4, 17))
def test_a_written_number_reads_back(number, digits):
    given_back = read(written(number, digits), "1")
    assert given_back == pytest.approx(number, rel=0.6 * 10.0 ** (1 - digits))


@given(st.integers(0, 999), st.integers(0, 99))
def test_two_decimals_read_the_same_with_a_comma(whole, cents):
    assert read(f"{whole},{cents:02}", "1") == read(f"{whole}.{cents:02}", "1")


@given(st.floats(0.001, 1e6), st.sampled_from(sorted(KNOWN)), st.sampled_from(sorted(KNOWN)))
def test_units_of_one_dimension_convert_and_others_do_not(number, typed_unit, unit):
    one, other = KNOWN[typed_unit], KNOWN[unit]
    if "b" in (typed_unit, unit) or typed_unit == "1":  # b alone is bits, bytes or billions
        return
    if one.dimension == other.dimension:
        right = number * one.size / other.size
        assert read(f"{number!r} {typed_unit}", unit) == pytest.approx(right)
    else:
        with pytest.raises(ValueError, match="the answer is"):
            read(f"{number!r} {typed_unit}", unit)


WRITTEN = [
    (0.08264463, "0.08264"),
    (0.75, "0.75"),
    (78125, "78,125"),
    (23148.148, "23,148"),
    (999.96, "1,000"),
    (1.2e21, "1.2e21"),
    (5.88e21, "5.88e21"),
    (2e12, "2e12"),
    (1.5e-5, "1.5e-5"),
    (-3.25, "-3.25"),
    (0.0, "0"),
    (100.04, "100"),
]


@pytest.mark.parametrize(("number", "text"), WRITTEN)
def test_written_to_four_digits(number, text):
    assert written(number, 4) == text


def test_units_fold_case_plurals_and_per():
    assert parse("GPUs") == parse("gpu")
    assert parse("requests per second") == parse("request / sec")
    assert parse("Per Cent") == parse("%")
    assert conversion("KB", "bytes") == conversion("kb", "bytes") == 1000
