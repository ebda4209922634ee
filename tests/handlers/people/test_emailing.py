"""Which addresses are official; the dialogues about registering one are beside those about mailing files."""

import pytest

from handlers.people.official import is_official, masked

ALLOWED = ("*.gov.vn", "tinhuy.quangtri.vn")


@pytest.mark.parametrize(
    "address", ["an@quangtri.gov.vn", "tran.van-an@stttt.quangtri.gov.vn", "an@tinhuy.quangtri.vn", "a_1@moj.gov.vn"]
)
def test_addresses_of_the_office(address: str) -> None:
    assert is_official(address, ALLOWED)


@pytest.mark.parametrize(
    "address",
    [
        "an@gmail.com",
        "an@gov.vn",
        "an@evilgov.vn",
        "an@quangtri.gov.vn.evil.com",
        "an@x.tinhuy.quangtri.vn",
        "an@evil.com@quangtri.gov.vn",
        "an@quangtri.gov.vn\nBcc: em@gmail.com",
        "an quangtri.gov.vn",
        "<an@quangtri.gov.vn>",
        "an@quangtri.gov.vn,em@gmail.com",
        "ăn@quangtri.gov.vn",
        "@quangtri.gov.vn",
    ],
)
def test_others_are_not(address: str) -> None:
    assert not is_official(address, ALLOWED)


def test_an_address_is_known_again_without_being_told() -> None:
    assert masked("binh.tran@quangtri.gov.vn") == "b…@quangtri.gov.vn"
