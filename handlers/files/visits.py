"""Who stands at which page: the one entry of the web side into the office."""

from bot.engine.work import Work
from bot.web.pages import Reply, Visit
from handlers.files import fetching, handing_in, pages

PASSWORD = pages.PATH.strip("/")


def answer(visit: Visit, work: Work) -> Reply:
    """In one transaction of its own."""
    if visit.door == handing_in.PATH:
        return handing_in.visit(visit, work)
    if visit.door == fetching.PATH:
        return fetching.visit(visit, work)
    code = visit.code if visit.step == "code" else None
    shown = pages.reveal(visit.token, work, code) if visit.step else pages.look(work.words)
    return Reply(status=shown.status, document=shown.body, headers=shown.headers)
