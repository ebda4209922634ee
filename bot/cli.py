"""The command line: arguments only; each command calls one function elsewhere, imported when it is called.

Exit codes: 0 done, 1 not possible (the reason in one sentence on stderr), 2 wrong arguments or refused.
"""

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from config.settings import Settings, load

Action = Callable[[argparse.Namespace], int]
Add = Callable[[str, Action, str], argparse.ArgumentParser]


def run(arguments: Sequence[str]) -> int:
    """The exit code."""
    wanted = _parser().parse_args(arguments)
    action: Action = wanted.action
    try:
        return action(wanted)
    except Impossible as impossible:
        sys.stderr.write(f"{impossible}\n")
        return impossible.code
    except KeyboardInterrupt:
        return 130
    except Exception as failure:
        if (words := _in_words(failure)) is None:
            raise
        sys.stderr.write(f"{words}\n")
        return 1


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object, **__: object) -> None:
        from importlib.metadata import version

        from storage.migrations import HEAD

        sys.stdout.write(f"giaoban {version('giaoban')}, tables {HEAD}\n")
        parser.exit()


class Impossible(Exception):
    """Said in one sentence on stderr; ends the program with `code`."""

    def __init__(self, reason: str, code: int = 1) -> None:
        super().__init__(reason)
        self.code = code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="giaoban", description="Giao Ban: coordinates an office in its chat groups.")
    parser.add_argument("--version", action=_Version, nargs=0, help="this program's, and of which tables it is")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, action: Action, says: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=says, description=says)
        made.set_defaults(action=action)
        return made

    add("demo", _demo, "the sandbox in the browser: an office of six, nothing leaves this machine")
    add("run", _run, "the program, on every messenger that is set up")
    add("check", _check, "whether the settings are right and each messenger can be reached")
    _for_files_and_phrases(add)
    _for_operators(add)
    return parser


def _for_files_and_phrases(add: Add) -> None:
    seal = add("seal", _seal, "seal files with a password")
    seal.add_argument("files", nargs="+", type=Path, metavar="FILE")
    seal.add_argument("--out", type=Path, default=Path(), help="directory of the sealed file (default: here)")
    seal.add_argument("--name-hidden", action="store_true", help="hide the names of the files inside a zip")
    seal.add_argument("--password-stdin", action="store_true", help="take the password from standard input")
    seal.add_argument("--json", action="store_true")
    inspect = add("inspect", _inspect, "what a file is, and whether it would be refused")
    inspect.add_argument("file", type=Path, metavar="FILE")
    inspect.add_argument("--json", action="store_true")
    read = add("read", _read, "read a letter's fields")
    read.add_argument("file", nargs="?", type=Path, metavar="FILE")
    read.add_argument("--text", metavar="-", help="read the letter's text from standard input")
    read.add_argument("--password-stdin", action="store_true", help="the file's password, on standard input")
    read.add_argument("--json", action="store_true")
    when = add("when", _when, "how a phrase like 'chiều mai' is understood")
    when.add_argument("phrase", metavar="PHRASE")
    when.add_argument("--now", type=datetime.fromisoformat, help="ISO time in the office's zone (default: now)")
    when.add_argument("--json", action="store_true")


def _for_operators(add: Add) -> None:
    zalo = add("zalo", _zalo, "the Zalo Official Account: `zalo login` prints the link that lets the program in")
    zalo.add_argument("what", choices=["login"])
    add("code", _code, "a code with which a group is set up where the messenger names no administrators")
    backup = add("backup", _backup, "copy database and vault into a new directory, while the program runs")
    backup.add_argument("dest", type=Path, metavar="DEST")
    backup.add_argument(
        "--dump", metavar="FILE", help="PostgreSQL: what pg_dump -Fc made elsewhere (-: standard input)"
    )
    add("doctor", _doctor, "what is stuck and why, in words; looks only")
    add("rekey", _rekey, "encrypt everything with the first key of GIAOBAN_SECRET_KEY; the program must be stopped")
    move = add("move", _move, "copy everything into another database, e.g. from SQLite to PostgreSQL; resumable")
    move.add_argument("--from", dest="source", metavar="URL", help="the old database (default: the one in use)")
    move.add_argument("--to", dest="target", metavar="URL", help="the new one, empty: postgresql+psycopg://…")
    move.add_argument("--stay", action="store_true", help="give a move up: the old database serves again")
    forget = add("forget", _forget, "take a person's name, accounts and private texts out; what the office did stays")
    export = add("export", _export, "everything that is kept about a person, as JSON")
    for each in (forget, export):
        each.add_argument("person", metavar="PERSON", help="number (#7), @username, official address or full name")
    forget.add_argument("--yes", action="store_true", help="do it; without, it is only said what would be done")
    export.add_argument("--out", type=Path, help="a new file (default: standard output)")
    verify = add("verify", _verify, "check the audit chain, the database and the vault")
    verify.add_argument("--data", type=Path, help="a backup's directory instead of the data directory")


def _in_words(failure: Exception) -> str | None:
    from bot.troubles import in_words

    return in_words(failure)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _settings(**changes: Any) -> Settings:
    try:
        return load(**changes)
    except ValueError as wrong:
        raise Impossible(str(wrong)) from wrong


def _demo(_wanted: argparse.Namespace) -> int:
    from bot.demo import serve_demo

    return asyncio.run(serve_demo(_settings(), _say))


def _run(_wanted: argparse.Namespace) -> int:
    gc.disable()  # until everything is there; then `serve` looks for garbage once
    from bot.engine.lean import forget_the_world
    from bot.engine.texts import LANGUAGES

    forget_the_world(LANGUAGES)  # before the rest is loaded, which takes the room that becomes free
    from bot.serving import serve

    return asyncio.run(serve(_settings(), _say))


def _check(_wanted: argparse.Namespace) -> int:
    from bot.checking import check

    return asyncio.run(check(_settings(), _say))


def _seal(wanted: argparse.Namespace) -> int:
    from handlers.files.sealing.command_line import CannotSeal, bar, seal_files

    password = sys.stdin.readline().rstrip("\n") if wanted.password_stdin else None
    try:
        sealed = seal_files(
            wanted.files, wanted.out, hide_names=wanted.name_hidden, password=password, progress=bar(sys.stderr)
        )
    except CannotSeal as refused:
        raise Impossible(str(refused), 2) from refused
    made = {"path": str(sealed.path), "password": sealed.password, "format": str(sealed.format)}
    _say(json.dumps(made) if wanted.json else f"{sealed.path}\n{sealed.password}")
    return 0


def _inspect(wanted: argparse.Namespace) -> int:
    from handlers.files.sealing.command_line import inspect_file

    found = inspect_file(_content(wanted.file), wanted.file.name)
    _say(json.dumps(found, ensure_ascii=False) if wanted.json else _lines(found))
    return 2 if found["refuse"] else 0


def _read(wanted: argparse.Namespace) -> int:
    from bot.reading import CannotRead, read_file, read_text

    try:
        if wanted.text is not None:
            found = read_text(sys.stdin.read(), _settings())
        elif wanted.file is not None:
            password = sys.stdin.readline().rstrip("\n") if wanted.password_stdin else None
            found = read_file(_content(wanted.file), wanted.file.name, _settings(), password)
        else:
            raise Impossible("give a FILE, or --text - and the text on standard input", 2)
    except CannotRead as reason:
        raise Impossible(str(reason), 2) from reason
    _say(json.dumps(found, ensure_ascii=False, indent=2) if wanted.json else _lines(found))
    return 0


def _when(wanted: argparse.Namespace) -> int:
    from bot.reading import when

    found = when(wanted.phrase, wanted.now, _settings())
    _say(json.dumps(found, ensure_ascii=False) if wanted.json else _lines(found))
    return 0


def _zalo(_wanted: argparse.Namespace) -> int:
    from bot.serving import zalo_login

    _say(asyncio.run(zalo_login(_settings())))
    return 0


def _code(_wanted: argparse.Namespace) -> int:
    from bot.serving import setup_code

    _say(setup_code(_settings()))
    return 0


def _backup(wanted: argparse.Namespace) -> int:
    from bot.backing_up import CannotBackUp, back_up_office

    try:
        _say(back_up_office(_settings(), wanted.dest, wanted.dump))
    except CannotBackUp as reason:
        raise Impossible(str(reason)) from reason
    return 0


def _doctor(_wanted: argparse.Namespace) -> int:
    from bot.doctor import doctor

    return asyncio.run(doctor(_settings(), _say))


def _forget(wanted: argparse.Namespace) -> int:
    from bot.personal import Unknown, forget_person

    try:
        return forget_person(_settings(), wanted.person, sure=wanted.yes, say=_say)
    except Unknown as reason:
        raise Impossible(str(reason), 2) from reason


def _export(wanted: argparse.Namespace) -> int:
    from bot.personal import Unknown, export_person

    try:
        told = export_person(_settings(), wanted.person)
    except Unknown as reason:
        raise Impossible(str(reason), 2) from reason
    if wanted.out is None:
        _say(told)
        return 0
    try:
        with open(wanted.out, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, 0o600)) as out:
            out.write(told)
    except OSError as failure:
        raise Impossible(f"{wanted.out}: {failure.strerror}") from failure
    return 0


def _rekey(_wanted: argparse.Namespace) -> int:
    from bot.serving import rekey_all

    _say(rekey_all(_settings()))
    return 0


def _move(wanted: argparse.Namespace) -> int:
    from bot.moving import NotMoved, move_office

    try:
        move_office(_settings(), wanted.source, wanted.target, stay=wanted.stay, say=_say)
    except NotMoved as reason:
        raise Impossible(str(reason)) from reason
    return 0


def _verify(wanted: argparse.Namespace) -> int:
    from bot.verifying import verify

    settings = _settings(**({"data_dir": wanted.data} if wanted.data else {}))
    return verify(settings, _say)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as failure:
        raise Impossible(f"{path}: {failure.strerror}", 2) from failure


def _lines(found: dict[str, Any]) -> str:
    return "\n".join(f"{name}: {'' if value is None else value}" for name, value in found.items())
