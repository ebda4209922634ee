"""Reads a letter: from its text to the fields of the register."""

from dataclasses import dataclass
from datetime import date

from handlers.letters.reading.body import read_recipients, read_references, read_subject, read_type
from handlers.letters.reading.clean import normalise
from handlers.letters.reading.header import (
    Secrecy,
    Urgency,
    head_zone,
    read_number,
    read_place_and_date,
    read_secrecy,
    read_urgency,
)
from handlers.letters.reading.issuer import read_issuing_body
from handlers.letters.reading.signature import read_signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a letter says of itself, as printed; None where it cannot be read. Names after NĐ 30/2020, phụ lục VI."""

    number_symbol: str | None = None
    symbol: str | None = None  # known also where the running number was left blank
    issue_date: date | None = None
    place: str | None = None
    issuing_body: str | None = None
    doc_type: str | None = None
    subject: str | None = None
    recipients: tuple[str, ...] = ()
    urgency: Urgency | None = None
    secrecy: Secrecy | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    references: tuple[str, ...] = ()


def read_letter(text: str) -> Reading:
    """Never raises: what the form does not show stays empty."""
    clean = normalise(text)
    lines = clean.split("\n")
    zone = head_zone(lines)
    number = read_number(zone)
    place, issued = read_place_and_date(zone)
    signature = read_signature(lines)
    return Reading(
        number_symbol=number.whole,
        symbol=number.symbol,
        issue_date=issued,
        place=place,
        issuing_body=read_issuing_body(zone, clean, number.symbol, place),
        doc_type=read_type(lines, number),
        subject=read_subject(lines),
        recipients=read_recipients(lines),
        urgency=read_urgency(lines[:12] if len(zone) < 3 else zone),
        secrecy=read_secrecy(zone, lines),
        signer_name=signature.name,
        signer_title=signature.title,
        references=read_references(clean, number.whole),
    )
