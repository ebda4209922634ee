"""What a mail looks like, what is said before it is encrypted, and what a server's refusals lead to."""

import logging

import pytest

from bot.chat.messages import Attachment, Button, Card, Part, Style, plain
from bot.chat.messenger import Address, DeliveryFailed, Outcome
from bot.messengers.mail import Mail
from tests.fakes.authority import Authority
from tests.fakes.smtp import DROP, KEEP_AND_DROP, FakeSmtp, Step
from tests.messengers.mail.conftest import NOW, mail_to

BINH = Address(chat="binh@quangtri.gov.vn", private=True)
FILE = Card(
    parts=(Part("Tệp #7, người gửi: Lan\nMở bằng Word."),), file=Attachment(name="Báo cáo quý.docx", record="r1")
)


async def refused(mail: Mail, card: Card = FILE, content: bytes | None = b"PK") -> DeliveryFailed:
    with pytest.raises(DeliveryFailed) as caught:
        await mail.send(BINH, card, content)
    assert BINH.chat not in caught.value.reason
    return caught.value


async def test_a_file_is_attached_and_the_first_line_is_the_subject(mail: Mail, server: FakeSmtp) -> None:
    content = bytes(range(256)) * 5000
    message_id = await mail.send(BINH, FILE, content)
    (arrived,) = server.received
    assert arrived.subject == "Tệp #7, người gửi: Lan"
    assert arrived.text == FILE.text
    assert arrived.files == {"Báo cáo quý.docx": content}
    assert (arrived.sender, arrived.to, arrived.encrypted) == ("giaoban@tinh.gov.vn", BINH.chat, True)
    assert arrived.mail["From"].addresses[0].display_name == "Giao Ban"
    assert arrived.mail["Date"].datetime == NOW
    assert arrived.mail["Auto-Submitted"] == "auto-generated"
    assert arrived.id == message_id


async def test_the_same_file_sent_again_is_the_same_mail_although_a_remark_is_added(
    mail: Mail, server: FakeSmtp
) -> None:
    first = await mail.send(BINH, FILE, b"PK")
    repeated = Card(parts=(*FILE.parts, Part("\n(có thể trùng)")), file=FILE.file)
    assert await mail.send(BINH, repeated, b"PK") == first
    assert await mail_to(server).send(BINH, FILE, b"PK") == first
    assert await mail.send(Address(chat="chi@quangtri.gov.vn", private=True), FILE, b"PK") != first
    assert await mail_to(server, stamp=b"another key").send(BINH, FILE, b"PK") != first


async def test_no_header_can_be_smuggled_in(mail: Mail, server: FakeSmtp) -> None:
    card = Card(
        parts=(Part("Tệp\x0b\rBcc: em@gmail.com"),), file=Attachment(name="a\r\nBcc: em@gmail.com.docx", record="r")
    )
    await mail.send(BINH, card, b"PK")
    assert server.received[0].mail["Bcc"] is None
    assert [each for each in server.said if each.startswith("RCPT")] == [f"RCPT TO:<{BINH.chat}>"]
    with pytest.raises(DeliveryFailed) as caught:
        await mail.send(Address(chat="binh@quangtri.gov.vn>\r\nRCPT TO:<em@gmail.com", private=True), FILE, b"PK")
    assert caught.value.outcome is Outcome.REJECTED


@pytest.mark.parametrize(
    "card",
    [
        Card(parts=(Part("Mở: "), Part("https://bot.tinh.gov.vn/mot-lan/abc", Style.CODE)), secret=True),
        Card(parts=(Part("đây", Style.LINK, "https://bot.tinh.gov.vn/f/abc"),), secret=True),
        Card(parts=(Part("x"),), buttons=((Button(label="Mở", url="https://bot.tinh.gov.vn/f/abc"),),), secret=True),
    ],
)
async def test_a_link_with_a_secret_is_never_mailed(mail: Mail, server: FakeSmtp, card: Card) -> None:
    assert (await refused(mail, card)).outcome is Outcome.REJECTED
    assert not server.received


async def test_nothing_is_said_before_the_line_is_encrypted(mail: Mail, server: FakeSmtp) -> None:
    await mail.send(BINH, FILE, b"PK")
    before = server.said[: server.said.index("STARTTLS")]
    assert [each.split()[0] for each in before] == ["EHLO"]


async def test_a_server_without_starttls_gets_nothing(mail: Mail, server: FakeSmtp) -> None:
    server.offers_starttls = False
    failure = await refused(mail)
    assert (failure.outcome, failure.reason) == (Outcome.TRY_AGAIN, "the mail server offers no STARTTLS")
    assert [each.split()[0] for each in server.said] == ["EHLO"]
    assert mail.standing.problem == failure.reason


async def test_a_server_that_takes_starttls_back_gets_nothing(mail: Mail, server: FakeSmtp) -> None:
    server.fail_next("starttls", "454 4.7.0 TLS not available due to temporary reason")
    assert (await refused(mail)).outcome is Outcome.TRY_AGAIN
    assert not any(each.startswith(("AUTH", "MAIL")) for each in server.said)


@pytest.mark.parametrize("implicit", [False, True])
async def test_a_certificate_of_another_authority_is_not_taken(
    trusted: Authority, other_authority: Authority, *, implicit: bool
) -> None:
    async with FakeSmtp(trusted, implicit=implicit) as server:
        failure = await refused(mail_to(server, ca_file=str(other_authority.ca)))
        assert (failure.outcome, failure.reason) == (
            Outcome.TRY_AGAIN,
            "the mail server's certificate is not trusted",
        )
        assert not any(each.startswith(("AUTH", "MAIL")) for each in server.said)


async def test_a_certificate_for_another_name_is_not_taken(server: FakeSmtp) -> None:
    assert "not trusted" in (await refused(mail_to(server, host="localhost"))).reason


async def test_it_may_be_encrypted_from_the_first_byte(trusted: Authority) -> None:
    async with FakeSmtp(trusted, implicit=True) as server:
        await mail_to(server).send(BINH, FILE, b"PK")
        assert server.received[0].encrypted
        assert "STARTTLS" not in server.said


async def test_a_wrong_login_is_the_operators_and_loses_no_mail(server: FakeSmtp) -> None:
    mail = mail_to(server, password="wrong")
    failure = await refused(mail)
    assert (failure.outcome, failure.reason) == (
        Outcome.TRY_AGAIN,
        "the mail server refused at connect: 535 5.7.8",
    )
    assert not mail.standing.ready


CASES: list[tuple[Step, str, Outcome]] = [
    ("connect", "554 5.7.1 No SMTP service here", Outcome.TRY_AGAIN),
    ("connect", DROP, Outcome.TRY_AGAIN),
    ("mail", "451 4.3.0 Temporary lookup failure", Outcome.TRY_AGAIN),
    ("mail", "452 4.3.1 Insufficient system storage", Outcome.TRY_AGAIN),
    ("mail", "550 5.7.1 Sender rejected", Outcome.REJECTED),
    ("mail", "553 5.1.8 Sender domain does not exist", Outcome.REJECTED),
    ("mail", DROP, Outcome.TRY_AGAIN),
    ("rcpt", "450 4.2.0 Greylisted, see http://postgrey.schweikert.ch", Outcome.TRY_AGAIN),
    ("rcpt", "451 4.7.1 Greylisting in action, please come back later", Outcome.TRY_AGAIN),
    ("rcpt", "450 4.2.2 Mailbox full", Outcome.TRY_AGAIN),
    ("rcpt", "421 4.3.2 Service shutting down", Outcome.TRY_AGAIN),
    ("rcpt", "421 4.7.28 Unusual rate of mail", Outcome.SLOW_DOWN),
    ("rcpt", "452 4.5.3 Too many recipients", Outcome.SLOW_DOWN),
    ("rcpt", "451 4.4.5 System congested", Outcome.SLOW_DOWN),
    ("rcpt", "550 5.1.1 User unknown", Outcome.GONE),
    ("rcpt", "550 No such user here", Outcome.GONE),
    ("rcpt", "551 User not local", Outcome.GONE),
    ("rcpt", "550 5.1.10 Recipient not found", Outcome.GONE),
    ("rcpt", "550 5.2.1 Mailbox disabled", Outcome.GONE),
    ("rcpt", "550 5.7.1 Relaying denied", Outcome.REJECTED),
    ("rcpt", "552 5.2.2 Over quota", Outcome.REJECTED),
    ("rcpt", "554 5.7.1 Client host blocked", Outcome.REJECTED),
    ("rcpt", DROP, Outcome.TRY_AGAIN),
    ("data", "451 4.3.0 Try later", Outcome.TRY_AGAIN),
    ("data", "554 5.5.1 No valid recipients", Outcome.REJECTED),
    ("content", "552 5.3.4 Message too big", Outcome.REJECTED),
    ("content", "554 5.7.1 Spam", Outcome.REJECTED),
    ("content", "550 5.1.1 User unknown", Outcome.GONE),
    ("content", "451 4.3.2 Queue full", Outcome.TRY_AGAIN),
    ("content", DROP, Outcome.UNCLEAR),
    ("content", KEEP_AND_DROP, Outcome.UNCLEAR),
]


@pytest.mark.parametrize(("step", "answer", "outcome"), CASES)
async def test_each_refusal_has_its_meaning(
    mail: Mail, server: FakeSmtp, step: Step, answer: str, outcome: Outcome
) -> None:
    server.fail_next(step, answer)
    assert (await refused(mail)).outcome is outcome
    assert len(server.received) == (1 if answer == KEEP_AND_DROP else 0)
    await mail.send(BINH, FILE, b"PK")


async def test_a_mail_larger_than_the_server_takes_is_refused_before_it_goes_out(mail: Mail, server: FakeSmtp) -> None:
    server.largest = 1000
    failure = await refused(mail, content=bytes(5000))
    assert (failure.outcome, failure.reason) == (
        Outcome.REJECTED,
        "the mail server refused at mail: 552 5.3.4",
    )
    assert not any(each.startswith("DATA") for each in server.said)


async def test_no_log_has_an_address_a_word_or_a_file_name(
    mail: Mail, server: FakeSmtp, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.nobody.add(BINH.chat)
    await refused(mail, plain("lời riêng"))
    server.nobody.clear()
    await mail.send(BINH, FILE, b"PK")
    await server.go_down()
    await refused(mail)
    logged = "\n".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.records)
    assert not any(each in logged for each in (BINH.chat, "lời riêng", "Báo cáo", server.password, "@"))


async def test_a_server_that_comes_back_makes_it_ready_again(mail: Mail, server: FakeSmtp) -> None:
    await server.go_down()
    assert (await refused(mail)).reason == "the mail server cannot be reached"
    assert not mail.standing.ready
    await server.come_up()
    await mail.send(BINH, FILE, b"PK")
    assert mail.standing.ready


def test_settings_that_cannot_work_are_said_at_once(server: FakeSmtp) -> None:
    with pytest.raises(ValueError, match="needs the address"):
        mail_to(server, sender="Giao Ban")
    with pytest.raises(ValueError, match="starttls or tls"):
        mail_to(server, tls="none")
    with pytest.raises(ValueError, match="CA file"):
        mail_to(server, ca_file="/nowhere.pem")
