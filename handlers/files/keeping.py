"""How long sealed files stay: taken back, kept for long enough, reminded of, and what a crash left swept up."""

from bot.engine.features import Desk, Due, Finish
from bot.engine.work import Work
from handlers.files import cards, last_way, mail_cards, mailing, passwords, rules
from handlers.files.feature import feature
from storage import files, letters, links, one_time, outbox, people, posts
from storage.files import FileState, Receipt, SealedFile
from storage.people import Person
from storage.vault import Vault


def plan(file: SealedFile, work: Work) -> None:
    """What will be done about a file that has just been sealed."""
    days = files.policy(work.session, file.group_id).keep_days
    work.later("files-expire", f"files-expire:{file.id}", work.now + rules.kept_for(days), file=file.id)
    if file.password is not None or file.own_copies or file.by_mail:
        work.later("files-remind", f"files-remind:{file.id}", work.now + rules.REMIND_AFTER, file=file.id)


def end(file: SealedFile, state: FileState, work: Work) -> None:
    """Passwords and content are gone from here on; the row stays, for the number was said."""
    records = [file.record]
    file.state, file.ended_at = state, work.now
    file.record = file.password = None
    for recipient, _ in files.recipients(work.session, file.id or 0):
        records.append(recipient.record)
        recipient.record = recipient.password = None
    one_time.close(work.session, file.id or 0, work.now)
    work.cancel(f"files-expire:{file.id}")
    work.cancel(f"files-remind:{file.id}")
    work.soon("files-unlink", f"files-unlink:{file.id}", file=file.id, records=[each for each in records if each])


def remove_from_rooms(file: SealedFile, work: Work) -> None:
    """Every message of ours that carries the file, where the messenger lets us."""
    keys = [f"sealed:{file.id}"]
    keys += [f"sealed:{file.id}:{person.id}" for _, person in files.recipients(work.session, file.id or 0)]
    for key in keys:
        for messenger, chat in outbox.standing(work.session, key):
            message = posts.message_showing(work.session, messenger, chat, key)
            if message is not None:
                work.delete_message(messenger, chat, message)


@feature.due("files-expire")
def expire(due: Due, work: Work) -> None:
    """Kept for as long as the group wanted."""
    file = files.locked(work.session, int(due.facts["file"]))
    if file is not None and file.state is FileState.SEALED:
        end(file, FileState.EXPIRED, work)
        work.record("file-expired", f"file:{file.id}", number=file.number)


@feature.job("files-unlink")
def unlink(due: Due, desk: Desk) -> Finish:
    """Only after the rows that named them have let go of them."""
    vault: Vault = desk.need(Vault)
    records = [str(each) for each in due.facts["records"]]
    for record in records:
        vault.forget(record)
    return lambda work: work.record("file-unlinked", f"file:{due.facts['file']}", records=len(records))


@feature.due("files-remind")
def remind(due: Due, work: Work) -> None:
    """Who still has no password: it is sent where there is a way by now, and the others are named in the room."""
    file = files.locked(work.session, int(due.facts["file"]))
    if file is None or file.state is not FileState.SEALED:
        return
    for recipient, person in files.recipients(work.session, file.id or 0):
        unmailed = file.by_mail and recipient.mailed is Receipt.UNREACHED
        if unmailed and passwords.entitled_recipient(file, person.id, work) is not None:
            mailing.send(file, recipient, work, again="remind")
    work.session.flush()
    _remind_of_passwords(file, work)
    if (unreached := mailing.missing(file, work)) and people.rooms(work.session, file.group_id):
        work.post(mail_cards.unmailed(work.words, file, unreached), key=f"files-remind-mail:{file.id}")


def _remind_of_passwords(file: SealedFile, work: Work) -> None:
    if file.password is None and not file.own_copies:
        return
    missing: list[Person] = []
    for recipient, person in files.recipients(work.session, file.id or 0):
        if recipient.receipt is Receipt.TOLD or recipient.fetched_at is not None:
            continue
        if passwords.entitled_recipient(file, person.id, work) is None:
            continue
        if not passwords.send(file, recipient, work, again="remind"):
            missing.append(person)
    names = [person.name for person in last_way.offer(file, missing, work, again="remind")]
    if names and people.rooms(work.session, file.group_id):
        work.post(cards.unreached(work.words, file, names, private=False), key=f"files-remind:{file.id}")


# what a crash left


@feature.job("files-sweep")
def sweep(due: Due, desk: Desk) -> Finish:
    """Records that no row names: the program died between writing one and committing. They are forgotten by the second
    sweep that finds them, for the first may have come between the two as well."""
    vault: Vault = desk.need(Vault)
    there = set(vault.records())

    def finish(work: Work) -> None:
        named = {*files.records(work.session), *letters.records(work.session), *links.records(work.session)}
        orphans = there - named
        known = orphans & set(due.facts.get("orphans", ()))
        for record in known:
            work.need(Vault).forget(record)
        if known:
            work.record("vault-swept", "vault", records=len(known))
        if rest := sorted(orphans - known):
            work.later("files-sweep", "files-sweep", work.now + rules.SWEEP_AFTER, orphans=rest)

    return finish
