"""The last way of a password, to those nobody can write to: a one-time page each, whose address stands in the rooms and
whose code they are told by voice. Neither is worth anything without the other."""

from collections.abc import Sequence

from bot.chat.messages import Button, Card, Part, Style
from bot.engine.work import Work, line
from handlers.files import pages, tokens
from handlers.files.telling import may_have_page, who_passes_codes
from storage.files import SealedFile
from storage.people import Person

MOST = 8  # addresses in one message of a room


def offer(file: SealedFile, missing: Sequence[Person], work: Work, *, again: str = "") -> Sequence[Person]:
    """Pages for the first of those who are missing; who is left over is told of as before."""
    teller = who_passes_codes(file, work)
    if teller is None or not missing or not may_have_page(file, work):
        return missing
    addresses: list[tuple[str, str]] = []
    codes: list[tuple[str, str]] = []
    for person in missing[:MOST]:
        code = tokens.new_code()
        token = pages.make(file, person.id or 0, work, made_by=teller.id or 0, code=code)
        addresses.append((person.name, tokens.address(pages.PATH.strip("/"), token, work) or ""))
        codes.append((person.name, tokens.spaced(code)))
    work.tell(teller.id or 0, _codes(file, codes, work), key=f"files-pages-codes:{file.id}:{again}")
    work.post(_addresses(file, addresses, teller, work), key=f"files-pages:{file.id}:{again}")
    return missing[MOST:]


def _codes(file: SealedFile, codes: Sequence[tuple[str, str]], work: Work) -> Card:
    head = work.words("pages-teller", number=file.number or 0, count=len(codes))
    rows = [part for name, code in codes for part in (Part(f"\n{name}: "), Part(code, Style.CODE))]
    return Card(parts=line(head, *rows), secret=True)


def _addresses(file: SealedFile, addresses: Sequence[tuple[str, str]], teller: Person, work: Work) -> Card:
    """Secret as rows keep it: an address is half of the way."""
    head = work.words("pages-room", number=file.number or 0, count=len(addresses), teller=teller.name)
    rows = [part for name, url in addresses for part in (Part(f"\n{name}: "), Part(url, Style.LINK, url))]
    open_private = Button(label=work.words("open-private-button"), start=f"join-{file.group_id}")
    return Card(parts=line(head, *rows), buttons=((open_private,),), secret=True)
