"""Who is meant: @usernames, text mentions and registered names, as people write them in a group."""

import re
from collections.abc import Iterable, Sequence

from bot.chat.events import Mention
from bot.engine.work import Refusal, Work
from handlers.calendar import fold, nfc
from storage import people, roster
from storage.people import Person
from storage.roster import Colleague

_TITLE = re.compile(r"(?:(?:đ/c|đc|đồng chí|anh|chị|em|a|c|cô|chú|bác|ông|bà)\.?\s+)(?=\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[ \t]*(?:(?:,|;|\+|&|và|va)[ \t]+|[ \t,;:./–-]+)", re.IGNORECASE)  # a new line ends the names
_AT = re.compile(r"@(\w+)")


def names_of(colleague: Colleague) -> tuple[str, ...]:
    """The full name, then the given name, which comes last in Vietnamese."""
    full = nfc(colleague.name).strip()
    return (full, full.split()[-1]) if " " in full else (full,)


def colleagues(work: Work) -> Sequence[Colleague]:
    """The members of the work's group."""
    return roster.of_group(work.session, work.group_id)


def leading_people(
    work: Work, text: str, mentions: Sequence[Mention], known: Sequence[Colleague] | None = None
) -> tuple[Sequence[Person], str]:
    """The people named at the beginning of `text`, in order, and what remains. `known`: the colleagues, where they have
    been read already.

    Raises Refusal for somebody unknown or a name that two members bear. No name at all: an empty list.
    """
    known = colleagues(work) if known is None else known
    found, rest, shown = list[Colleague](), nfc(text).strip(), _shown(mentions)
    while rest:
        person, length = _at_the_start(rest, known, shown)
        if person is None:
            break
        found.extend([person] if person not in found else [])
        rest = rest[length:]
        rest = _after_role(rest)
        gap = _BETWEEN.match(rest)
        rest = rest[gap.end() :] if gap else rest
    return _persons(work, found), rest.strip()


def _persons(work: Work, found: Iterable[Colleague]) -> Sequence[Person]:
    return people.persons(work.session, [each.id for each in found])


_ROLE = re.compile(
    r"[ \t]+(?:chủ trì|chu tri|phối hợp|phoi hop)(?=[ \t]*(?:[,;]|$|@|làm |lam |đ/c |đồng chí ))", re.IGNORECASE
)


def _after_role(text: str) -> str:
    """`@binh chủ trì, @an phối hợp`: the order tells who leads, the words only say it again."""
    role = _ROLE.match(text)
    return text[role.end() :] if role else text


def one_person(work: Work, text: str, mentions: Sequence[Mention]) -> Person:
    """The one person `text` names; Refusal when there is none, or more words than a name."""
    found, rest = leading_people(work, text, mentions)
    if len(found) != 1 or rest:
        raise Refusal("person-unknown", name=(rest or text or "?")[:60])
    return found[0]


def mentioned_anywhere(work: Work, text: str, mentions: Sequence[Mention]) -> Sequence[Person]:
    """Members whose @username, mention or full name stands anywhere in `text`."""
    known = colleagues(work)
    said = {name.lower() for name in _AT.findall(text)}
    folded = fold(text)
    found = [
        each
        for each in known
        if any(account.username in said for account in each.accounts if account.username)
        or any(_is_account(mention, each) for mention in mentions)
        or re.search(rf"(?<!\w){re.escape(fold(names_of(each)[0]))}(?!\w)", folded)
    ]
    return _persons(work, found)


_SMALL = re.compile(r"[^\W\d_]{2,}")
_ALSO = re.compile(r"(?:\s*,|\s+(?:và|va))\s+")
_FOR = re.compile(r"(?:(?:việc|viec)\s+)?cho\s+|(?:việc|viec)\s+(?=@)", re.IGNORECASE)


def unaddressed(text: str) -> str:
    """`cho Bình soạn …`, `việc @binh …`: an order without the words before its names."""
    return _FOR.sub("", nfc(text).strip(), count=1) if _FOR.match(nfc(text).strip()) else text


def guessed(work: Work, text: str) -> tuple[Sequence[Colleague], str] | None:
    """`lan báo cáo …`, `cho bình và an báo cáo …`: the members of whose given names each is the only one, and the words
    that name them. Ordinary words may look like it, so it is to be asked."""
    said = nfc(text).strip()
    start, known, found = len(said) - len(unaddressed(said)), colleagues(work), list[Colleague]()
    end, place = 0, start
    while (word := _SMALL.match(said, place)) is not None:
        person = _of_small_name(word[0], known)
        if person is None:
            break
        found, end = [*found, person], word.end()
        gap = _ALSO.match(said, end)
        if gap is None:
            break
        place = gap.end()
    return (found, said[:end]) if found and said[end:].strip() else None


def _of_small_name(word: str, known: Iterable[Colleague]) -> Colleague | None:
    if not word.islower():
        return None
    given = [(each, names_of(each)[-1].lower()) for each in known]
    fitting = [each for each, name in given if word == name or (word.isascii() and word == fold(name))]
    return fitting[0] if len(fitting) == 1 else None


_AROUND = re.compile(r"^(?:(?:giao|chuyển|chuyen)\s+)?cho\s+|[\s,.]+(?:nhé|nhe|nha|ạ|đi|làm|lam)$|[.,]$", re.IGNORECASE)


def who_alone(work: Work, text: str, mentions: Sequence[Mention]) -> Sequence[Person]:
    """The people of a text that names them and says nothing else, in small letters as well; else nobody."""
    said = _AROUND.sub("", nfc(text).strip())
    for words in (said, " ".join(word if word.startswith("@") else word.capitalize() for word in said.split())):
        found, rest = leading_people(work, words, mentions)
        if found and not rest:
            return found
    return ()


_SUPPORT = re.compile(r"[,;]\s*([^,;\n]{2,80}?)\s+(?:phối hợp|phoi hop)(?=\s*(?:[,;.\n]|$))", re.IGNORECASE)


def with_support(
    work: Work, named: Sequence[Person], text: str, mentions: Sequence[Mention]
) -> tuple[Sequence[Person], str]:
    """`Bình làm báo cáo, An phối hợp`: who supports may be named behind the work."""
    found = _SUPPORT.search(nfc(text))
    behind = who_alone(work, found[1], mentions) if found is not None and named else ()
    if found is None or not behind:
        return named, text
    rest = nfc(text)[: found.start()] + nfc(text)[found.end() :]
    return [*named, *(each for each in behind if each not in named)], rest


def people_alone(work: Work, text: str, mentions: Sequence[Mention]) -> Sequence[Person]:
    """Who is named in answer to a question for people."""
    found = who_alone(work, text, mentions)
    if not found:
        raise Refusal("person-unknown", name=text.strip()[:60] or "?")
    return found


def _shown(mentions: Sequence[Mention]) -> Sequence[tuple[str, Mention]]:
    """Those that are known by more than a username, by how they are written, the longest first; each once. None is of
    no length: every text would begin with it, for ever."""
    found = {nfc(each.said): each for each in reversed(mentions) if each.said and (each.id or each.said[0] != "@")}
    return sorted(found.items(), key=lambda each: -len(each[0]))


def _at_the_start(
    text: str, known: Sequence[Colleague], shown: Sequence[tuple[str, Mention]]
) -> tuple[Colleague | None, int]:
    for said, mention in shown:
        if text.startswith(said):
            return _mentioned(mention, known), len(said)
    at = _AT.match(text)
    if at is not None:
        return _after_at(text, at, known)
    title = _TITLE.match(text)
    skip = title.end() if title else 0
    fitting, length = _longest_name(text[skip:], known)
    if len(fitting) > 1:
        options = ", ".join(_told_apart(each) for each in fitting)
        raise Refusal("person-ambiguous", name=text[skip : skip + length], options=options)
    return (fitting[0], skip + length) if fitting else (None, 0)


def _after_at(text: str, at: re.Match[str], known: Sequence[Colleague]) -> tuple[Colleague, int]:
    """`@binh`; or `@Trần Văn Bình`, as a messenger without usernames shows people."""
    fitting, length = _longest_name(text[1:], known)
    if len(fitting) == 1 and length > len(at[1]):
        return fitting[0], 1 + length
    return _of_username(at[1], known), at.end()


def _longest_name(text: str, known: Iterable[Colleague]) -> tuple[list[Colleague], int]:
    """Members whose name the text begins with: marks must agree where they were typed; the longest name wins."""
    best: list[Colleague] = []
    length = 0
    for each in known:
        for name in names_of(each):
            if len(name) < max(length, 2) or not _begins(text, name):
                continue
            if len(name) > length:
                best, length = [], len(name)
            best.append(each)
            break
    return best, length


def _begins(text: str, name: str) -> bool:
    head = text[: len(name)]
    if text[len(name) : len(name) + 1].isalnum() or not head[:1].isupper():
        return False  # "an" inside "an toàn", or an ordinary word: names are written large
    return head.lower() == name.lower() or (head.isascii() and head.lower() == fold(name))


def _mentioned(mention: Mention, known: Sequence[Colleague]) -> Colleague:
    found = next((each for each in known if _is_account(mention, each)), None)
    if found is None:
        raise Refusal("person-not-joined", name=mention.said.lstrip("@"))
    return found


def _is_account(mention: Mention, known: Colleague) -> bool:
    wanted = (mention.username or "").lower()
    return any(account.ref == mention.id or (wanted and account.username == wanted) for account in known.accounts)


def _of_username(name: str, known: Sequence[Colleague]) -> Colleague:
    lowered = name.lower()
    for each in known:
        if any(account.username == lowered for account in each.accounts):
            return each
    by_name = [each for each in known if any(fold(name) == fold(own).replace(" ", "") for own in names_of(each))]
    if len(by_name) == 1:
        return by_name[0]
    raise Refusal("person-not-joined", name=name)


def _told_apart(known: Colleague) -> str:
    username = next((each.username for each in known.accounts if each.username), None)
    return f"{known.name} (@{username})" if username else known.name
