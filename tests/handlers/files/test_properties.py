"""Properties that hold for every content, size and name: what goes in comes out, and only with the password."""

from io import BytesIO

import pytest
import pyzipper
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.files.sealing import cfb, ooxml, zipaes

PASSWORD = "bien-cam-thu-lo-nang-tre-mua-4827"
SIZES = st.one_of(st.integers(1, 9000), st.integers(1, 300_000), st.sampled_from([4079, 4080, 4081, 4096, 262_128]))
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)
OFTEN = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@OFTEN
@given(size=SIZES, filling=st.binary(min_size=1, max_size=64))
def test_a_package_of_any_size_comes_back(size: int, filling: bytes) -> None:
    content = (filling * (size // len(filling) + 1))[:size]
    spins, ooxml.SPIN = ooxml.SPIN, 10  # the password's own work is not what is tried here
    try:
        sealed = ooxml.sealed(content, PASSWORD)
        assert ooxml.opened(sealed, PASSWORD) == content
    finally:
        ooxml.SPIN = spins
    assert len(cfb.Reader(sealed).read(("EncryptedPackage",))) == 8 + -(-size // 16) * 16


@pytest.mark.slow
@OFTEN
@given(size=SIZES, filling=st.binary(min_size=1, max_size=64), names=st.lists(NAMES, min_size=1, max_size=4))
def test_members_of_any_name_and_size_come_back(size: int, filling: bytes, names: list[str]) -> None:
    content = (filling * (size // len(filling) + 1))[:size]
    sealed = zipaes.sealed([(name, content[number:]) for number, name in enumerate(names)], PASSWORD)
    with pyzipper.AESZipFile(BytesIO(sealed)) as archive:
        archive.setpassword(PASSWORD.encode())
        read = [archive.read(info) for info in archive.infolist()]
    assert read == [content[number:] for number in range(len(names))]
    assert len({info.filename.casefold() for info in archive.infolist()}) == len(names)
