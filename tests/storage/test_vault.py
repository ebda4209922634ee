"""What the vault promises: whole or not at all, nothing changed unnoticed, and a way over to a new key."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from storage.keyring import KeyRing
from storage.vault import _HEAD, CHUNK, TAG, Vault, VaultBroken

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path, KeyRing([OLD]))


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(vault: Vault, size: int) -> None:
    content = os.urandom(size)
    record = vault.put(content)
    assert vault.get(record) == content
    assert vault.size(record) == size
    assert vault.records() == [record]


def test_nothing_of_it_stands_on_the_disk_in_clear(vault: Vault, tmp_path: Path) -> None:
    record = vault.put(b"danh sach can bo " * 1000)
    assert b"can bo" not in (tmp_path / record).read_bytes()


@pytest.mark.parametrize("place", [0, 5, 20, 60, 75, 79, 100, CHUNK, CHUNK + TAG + _HEAD.size, -1])
def test_a_single_changed_bit_is_noticed(vault: Vault, tmp_path: Path, place: int) -> None:
    record = vault.put(os.urandom(2 * CHUNK + 10))
    raw = bytearray((tmp_path / record).read_bytes())
    raw[place] ^= 1
    (tmp_path / record).write_bytes(raw)
    with pytest.raises(VaultBroken):
        vault.get(record)


@pytest.mark.parametrize("chunks", [0, 1, 2])
def test_cut_short_at_the_edge_of_a_chunk_is_noticed(vault: Vault, tmp_path: Path, chunks: int) -> None:
    record = vault.put(os.urandom(3 * CHUNK))
    raw = (tmp_path / record).read_bytes()
    (tmp_path / record).write_bytes(raw[: _HEAD.size + chunks * (CHUNK + TAG)])
    with pytest.raises(VaultBroken):
        vault.get(record)


def test_swapped_chunks_are_noticed(vault: Vault, tmp_path: Path) -> None:
    record = vault.put(os.urandom(3 * CHUNK))
    raw, size = (tmp_path / record).read_bytes(), CHUNK + TAG
    head, first, second, rest = raw[: _HEAD.size], *(raw[_HEAD.size + n * size :][:size] for n in (0, 1)), b""
    rest = raw[_HEAD.size + 2 * size :]
    (tmp_path / record).write_bytes(head + second + first + rest)
    with pytest.raises(VaultBroken):
        vault.get(record)


def test_a_record_under_anothers_name_is_noticed(vault: Vault, tmp_path: Path) -> None:
    one, other = vault.put(b"one"), vault.put(b"other")
    (tmp_path / one).write_bytes((tmp_path / other).read_bytes())
    with pytest.raises(VaultBroken, match="another record"):
        vault.get(one)


def test_a_lost_key_is_said_to_be_lost(vault: Vault, tmp_path: Path) -> None:
    record = vault.put(b"content")
    with pytest.raises(VaultBroken, match="old key"):
        Vault(tmp_path, KeyRing([NEW])).get(record)


def test_rewrapping_changes_the_head_only_and_once(vault: Vault, tmp_path: Path) -> None:
    record = vault.put(os.urandom(CHUNK + 5))
    body = (tmp_path / record).read_bytes()[_HEAD.size :]
    content = vault.get(record)
    both = Vault(tmp_path, KeyRing([NEW, OLD]))
    assert both.rewrap(record)
    assert not both.rewrap(record)
    assert (tmp_path / record).read_bytes()[_HEAD.size :] == body
    assert Vault(tmp_path, KeyRing([NEW])).get(record) == content


def killed(tmp_path: Path, script: str) -> None:
    """Runs the script in a child and kills it as soon as it has said that it is under way."""
    program = textwrap.dedent(script)
    child = subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait(60)
    child.stdout.close()


def test_killed_while_writing_there_is_no_half_record(tmp_path: Path) -> None:
    killed(
        tmp_path,
        """
        import sys
        from pathlib import Path
        from storage.keyring import KeyRing
        from storage.vault import Vault
        incoming = Vault(Path(sys.argv[1]), KeyRing([bytes(range(32))])).incoming()
        incoming.write(bytes(5_000_000))
        print("under way", flush=True)
        while True:
            incoming.write(bytes(100_000))
        """,
    )
    vault = Vault(tmp_path, KeyRing([OLD]))
    assert vault.records() == []
    assert list(tmp_path.glob("*.part"))
    vault.tidy()
    assert not list(tmp_path.glob("*"))


@pytest.mark.parametrize("attempt", range(3))
def test_killed_while_rekeying_every_record_can_be_read_and_it_goes_on(tmp_path: Path, attempt: int) -> None:
    vault = Vault(tmp_path, KeyRing([OLD]))
    kept = {vault.put(os.urandom(200_000)): number for number in range(40)}
    contents = {record: vault.get(record) for record in kept}
    killed(
        tmp_path,
        """
        import sys
        from pathlib import Path
        from storage.keyring import KeyRing
        from storage.vault import Vault
        vault = Vault(Path(sys.argv[1]), KeyRing([bytes(range(32, 64)), bytes(range(32))]))
        for number, record in enumerate(vault.records()):
            vault.rewrap(record)
            if number == 3:
                print("under way", flush=True)
        """,
    )
    both = Vault(tmp_path, KeyRing([NEW, OLD]))
    both.tidy()
    assert {record: both.get(record) for record in both.records()} == contents
    for record in both.records():
        both.rewrap(record)
    new = Vault(tmp_path, KeyRing([NEW]))
    assert {record: new.get(record) for record in new.records()} == contents
