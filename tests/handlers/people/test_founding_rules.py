"""Choosing people by numbers and names, and spreading an office over the group chats that are paid for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.people import founding_rules as rules


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("4", [4]),
        ("4 6-8", [4, 6, 7, 8]),
        ("4, 5; 6.", [4, 5, 6]),
        ("10 - 12", [10, 11, 12]),
        ("8-6", []),
        ("Bình", None),
        ("4 Bình", None),
        ("", None),
        ("1-2-3", None),
    ],
)
def test_numbers_are_read_and_nothing_else_is(said: str, meant: list[int] | None) -> None:
    assert rules.numbers(said) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("tất cả", "all"),
        ("TAT CA", "all"),
        ("Xong.", "done"),
        ("trang sau", "more"),
        ("thôi", "stop"),
        ("Đồng ý", "yes"),
        ("Thoa", None),
    ],
)
def test_words_stand_for_answers(said: str, meant: str | None) -> None:
    assert rules.said(said) == meant


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("Nguyễn Văn Bình", [0]),
        ("nguyen van binh", [0]),
        ("@Bình", [0, 2]),
        ("Văn Bình", [0]),
        ("Lê  Chi", [1]),
        ("Bính Lê", [2]),
        ("Dũng", []),
        ("", []),
    ],
)
def test_people_are_found_by_any_part_of_their_name(wanted: str, found: list[int]) -> None:
    assert rules.named(["Nguyễn Văn Bình", "Lê Chi", "Lê Thị Bình"], wanted) == found


@pytest.mark.parametrize(
    ("seats", "people", "chosen"),
    [
        ([9], 8, [9]),
        ([9], 9, []),
        ([9, 49, 99], 9, [49]),
        ([9, 49, 99], 0, [9]),
        ([99, 49, 9], 120, [99, 49]),
        ([99, 99, 9], 103, [99, 9]),
        ([9, 9, 9], 20, [9, 9, 9]),
        ([9, 9, 9], 22, []),
        ([], 1, []),
    ],
)
def test_the_smallest_places_that_hold_all_are_taken(seats: list[int], people: int, chosen: list[int]) -> None:
    places = [(f"place {number}", holds) for number, holds in enumerate(seats)]
    assert [holds for _, holds in rules.choose(places, people)] == chosen


@given(st.lists(st.integers(3, 100), min_size=1, max_size=8), st.integers(0, 400))
def test_whoever_is_chosen_has_a_seat(seats: list[int], people: int) -> None:
    chosen = rules.choose([(str(number), holds) for number, holds in enumerate(seats)], people)
    kept = 1 if len(chosen) == 1 else rules.SEATS_IN_EACH
    room = [holds - kept for _, holds in chosen]
    if chosen:
        dealt = rules.deal(people, room)
        assert sum(dealt) == people
        assert all(count <= seat for count, seat in zip(dealt, room, strict=True))
        assert len({place for place, _ in chosen}) == len(chosen)
    else:
        assert people > sum(holds - rules.SEATS_IN_EACH for holds in seats)


def test_rooms_of_one_office_are_told_apart() -> None:
    assert rules.room_names("Sở", 1, 0) == ["Sở"]
    assert rules.room_names("Sở", 2, 0) == ["Sở (1)", "Sở (2)"]
    assert rules.room_names("Sở", 1, 1) == ["Sở (2)"]
