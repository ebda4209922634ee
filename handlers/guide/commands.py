"""Asking for the way: the list of commands, one command, the group's language, one's groups."""

from functools import reduce
from operator import or_

from bot.chat.messages import Card
from bot.engine import commands, context
from bot.engine.abilities import Abilities
from bot.engine.features import Command, Feature, Press
from bot.engine.router import Router
from bot.engine.work import Refusal, Work
from handlers.calendar import fold
from handlers.guide import cards, listing
from handlers.people.joining import group_of
from storage.people import Who

feature = Feature("guide")
LEADING = Who.LEADER | Who.DEPUTY
_LANGUAGES = {
    "vi": "vi",
    "viet": "vi",
    "tieng viet": "vi",
    "vietnamese": "vi",
    "en": "en",
    "anh": "en",
    "tieng anh": "en",
    "english": "en",
}


@feature.command("help", "trogiup", "huongdan", who=Who.ANYONE, groupless=True, looks=True)
def help_(order: Command, work: Work) -> None:
    """/help, /help assign"""
    if work.chat.private:
        context.choose_group(work)
    if order.text:
        _explain(order.text, work)
    else:
        work.show(_page(work, 0))


@feature.press("guide-help", who=Who.ANYONE, groupless=True)
def turn_page(press: Press, work: Work) -> None:
    if work.chat.private:
        context.choose_group(work)
    work.redraw(_page(work, int(press.argument) if press.argument.isdecimal() else 0))


def _page(work: Work, page: int) -> Card:
    features = work.need(Router).features
    private, founds = work.chat.private, work.need(Abilities).of(work.chat.messenger).founds_rooms
    found = listing.entries(work.words, features, who=_roles(work), private=private, founds=founds)
    return cards.help_page(work.words, listing.pages(found), page)


def _roles(work: Work) -> Who:
    """In private, without a chosen group, what one may do in any of one's groups."""
    if work.group is not None:
        return work.member.who if work.member else Who.OUTSIDER
    if not work.chat.private:
        return Who.OUTSIDER
    return reduce(or_, (member.who for member, _ in context.own_groups(work)), Who.OUTSIDER)


def _explain(said: str, work: Work) -> None:
    known = work.need(Router).commands
    name = commands.fold(said.lstrip("/ ").split("@")[0].replace(" ", ""))
    spec = known.get(name)
    if spec is None:
        guess = commands.nearest(name, known, work.words.language)
        raise Refusal("refuse-unknown-command-near" if guess else "refuse-unknown-command", guess=guess or "")
    work.show(cards.explained(work.words, spec))


# the group's language


@feature.command("language", "ngonngu", who=LEADING)
def language(order: Command, work: Work) -> None:
    """/language en"""
    wanted = _LANGUAGES.get(" ".join(fold(order.text).split()))
    if wanted is None:
        work.show(cards.languages(work.words, work.here))
    else:
        _speak(wanted, work)
        work.show(cards.now_speaks(work.words, work.here))


@feature.press("guide-language", who=LEADING, group_of=group_of)
def language_pressed(press: Press, work: Work) -> None:
    wanted = _LANGUAGES.get(press.argument.partition(":")[2])
    if wanted is None:
        raise Refusal("refuse-old-button")
    _speak(wanted, work)
    work.redraw(cards.now_speaks(work.words, work.here))


def _speak(wanted: str, work: Work) -> None:
    work.here.language = wanted
    work.record("language-set", f"group:{work.group_id}", language=wanted)


# one's groups


@feature.command("groups", "nhom", who=Who.ANYONE, groupless=True, looks=True)
def groups(order: Command, work: Work) -> None:
    """/groups"""
    work.whisper(_groups(work))


@feature.press("guide-group", group_of=group_of)
def choose(press: Press, work: Work) -> None:
    if work.account is None:
        raise Refusal("refuse-no-group")
    work.account.chosen_group = work.group_id
    work.redraw(_groups(work))


def _groups(work: Work) -> Card:
    mine = context.own_groups(work)
    if not mine:
        context.refuse_a_new_account(work)
    if not mine or work.account is None:
        raise Refusal("refuse-no-group")
    chosen = work.account.chosen_group if len(mine) > 1 else mine[0][1].id
    return cards.groups(work.words, mine, chosen)
