"""Official mail as an operator sets it up."""

import base64
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.connecting import connect, names
from config.settings import load
from storage.database import Database

KEY = base64.b64encode(bytes(range(32))).decode()
USUAL = {
    "host": "mail.tinh.gov.vn",
    "sender": "Giao Ban <giaoban@tinh.gov.vn>",
    "domains": "*.gov.vn, tinhuy.quangtri.vn",
}


def test_a_mail_server_is_connected_to_and_is_no_messenger_by_itself(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path, secret_key=KEY, mail=USUAL)
    database = Database(f"sqlite:///{tmp_path}/x.sqlite")
    messengers, _ = connect(settings, database, Clock(settings.zone))
    database.close()
    assert [each.name for each in messengers] == ["mail"]
    assert names(settings) == []
    assert settings.mail.domain_list == ("*.gov.vn", "tinhuy.quangtri.vn")


def test_without_a_host_there_is_no_mail(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path, secret_key=KEY)
    database = Database(f"sqlite:///{tmp_path}/x.sqlite")
    assert connect(settings, database, Clock(settings.zone))[0] == []
    database.close()


@pytest.mark.parametrize(
    ("name", "value"),
    [("domains", "*"), ("domains", "*.vn*"), ("domains", ""), ("domains", "gov"), ("tls", "none"), ("port", 0)],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, name: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"GIAOBAN_MAIL__{name.upper()}"):
        load(data_dir=tmp_path, secret_key=KEY, mail=USUAL | {name: value})


def test_the_password_is_never_shown(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path, secret_key=KEY, mail=USUAL | {"password": "Bi-mat-77"})
    assert "Bi-mat-77" not in repr(settings)
