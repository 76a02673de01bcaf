"""The file of preferences: read into values and problems, and written beside and moved in."""

from __future__ import annotations

import os
from stat import S_ISREG
from typing import Any, NamedTuple

from mlsd_cards.cards.code import Findings
from mlsd_cards.cards.problem import Problem
from mlsd_cards.cards.text import nearest, shown
from mlsd_cards.errors import UserError
from mlsd_cards.store import toml
from mlsd_cards.store.option import LOG, OPTIONS, given, said, told
from mlsd_cards.store.preferences import NAME

LARGEST = 2**16
"""Bytes; a larger file is none that a person has written."""

HEAD = """\
# Preferences of mlsd-cards for this machine. Options of the command line win over them;
# `mlsd-cards config list` shows what holds. Take the "# " away to set one.
"""
TAIL = """
# Not here but in the log, so that all your machines agree (`mlsd-cards config set KEY VALUE`):
"""


class Config(NamedTuple):
    """The file as it was read: its text, the values that count, and what is wrong in it."""

    text: str
    values: dict[str, Any]
    problems: list[Problem]
    lines: dict[str, int]
    """Where each option is set first."""


def load(path: str) -> Config:
    """The file at ``path``, empty if there is none; never raises."""
    try:
        text = _content(path)
    except FileNotFoundError:
        return Config("", {}, [], {})
    except OSError as error:
        said = f"cannot be read: {error.strerror}; the defaults are used"
        return Config("", {}, [Problem(path, 0, 0, "P00", said)], {})
    return parse(text, path)


def _content(path: str) -> str:
    """The text of the file; bytes that are not UTF-8 become lone surrogates, so none is lost."""
    if not S_ISREG(os.stat(path).st_mode):
        raise OSError(0, "it is no ordinary file")
    with open(path, "rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise OSError(0, f"it is larger than {LARGEST:,} bytes")
    return data.decode("utf-8", "surrogateescape")


def parse(text: str, file: str) -> Config:
    """What a text sets, and everything that is wrong in it with its line; never raises."""
    findings, values = Findings(file), dict[str, Any]()
    lines: dict[str, int] = {}
    table = ""
    for entry in toml.entries(text.removeprefix("\ufeff")):
        if isinstance(entry, toml.Flaw):
            findings.add(entry.line, entry.column, "P01", f"not valid TOML: {entry.message}")
            continue
        (_, _, line, column), key, value = entry
        if entry.statement.is_header:
            table = key
            findings.add(line, column, "P02", f"there is no table {shown(key)}: delete it")
        elif table:
            message = f"{shown(key)} belongs to the table {shown(table)}: move it above"
            findings.add(line, column, "P02", message)
        elif key in lines:
            message = f"{shown(key)} is set on line {lines[key]} already, which counts: delete one"
            findings.add(line, column, "P04", message)
        else:
            lines[key] = line
            code, message = _taken(key, value, values)
            if message:
                findings.add(line, column, code, message)
    return Config(text, values, findings.listed(), lines)


def missing(config: Config, file: str, deck: str) -> Problem:
    """The problem of a deck that the file names and that is not there."""
    message = f"{deck} is not there or cannot be read: its cards are left out"
    return Problem(file, config.lines.get("decks", 0), 1, "P06", message, "warning")


def _taken(key: str, value: Any, values: dict[str, Any]) -> tuple[str, str]:
    """Add the value of an option to ``values``, or say by code and message why not."""
    option = OPTIONS.get(key)
    if option is None:
        near = nearest(key, OPTIONS)
        known = f"did you mean {near}?" if near else f"there are {', '.join(OPTIONS)}"
        return "P02", f"there is no option {shown(key)}: {known}"
    if option.kept == LOG:
        remedy = f"delete it here and use: mlsd-cards config set {key} VALUE"
        return "P05", f"{key} is kept in the log, for all your machines: {remedy}"
    try:
        values[key] = given(option, value)
    except ValueError:
        default = said(option, option.default) or "the default"
        return "P03", f"{key} must be {option.form.words}; {default} is used"
    return "", ""


def changed(config: Config, key: str, value: Any) -> str:
    """The text of the file with ``key`` set to ``value``, or not set if None, and no other value
    changed; an empty file begins as ``template``. ``UserError`` if that cannot be done."""
    if any(problem.code == "P00" for problem in config.problems):
        raise UserError(str(config.problems[0]))
    bom = "\ufeff" * config.text.startswith("\ufeff")
    text = config.text.removeprefix("\ufeff")
    expected = {name: one for name, one in config.values.items() if name != key}
    if value is None:
        text = toml.without(text, key)
    else:
        text = toml.with_value(text or template(), key, told(OPTIONS[key], value))
        expected[key] = value
    if parse(text, NAME).values != expected:
        raise UserError(
            f"{key} cannot be changed in {NAME} without changing more",
            "Change it by hand: mlsd-cards config edit.",
        )
    return bom + text


def write(path: str, text: str) -> None:
    """Write the file for the user alone: whole or not at all, and where a link leads."""
    from tempfile import mkstemp

    path = os.path.realpath(path)
    try:
        number, beside = mkstemp(dir=os.path.dirname(path), prefix=f".{NAME}.")
        try:
            with open(number, "wb") as file:
                file.write(text.encode("utf-8", "surrogateescape"))
                file.flush()
                os.fsync(number)
            os.replace(beside, path)
        except BaseException:
            os.unlink(beside)
            raise
    except OSError as error:
        raise UserError(
            f"{path} cannot be written: {error.strerror}", "Nothing has been changed."
        ) from error


def template() -> str:
    """A file that sets nothing, with every option, its meaning and its default in comments."""
    parts = [HEAD]
    for key, option in OPTIONS.items():
        if option.kept != LOG:
            default = toml.written(told(option, option.default))
            words = option.form.words[0].upper() + option.form.words[1:]
            parts.append(f"\n# {option.meaning} {words}.\n# {key} = {default}\n")
    logged = ", ".join(key for key, option in OPTIONS.items() if option.kept == LOG)
    return "".join([*parts, TAIL, f"# {logged}.\n"])
