"""Letters that nobody looks at, or whose deadline passes, urge: how often, whom, and when they let people sleep."""

from tests.handlers.letters.conftest import LETTER, Team
from tests.stage import Actor, Message


async def test_after_one_working_day_without_a_note_the_leader_is_told_once(team: Team) -> None:
    await team.registered()
    team.room.sees("Số đến 1/2026")
    await team.office.clock_to("2026-11-22 23:00")
    team.lan.hears_nothing_more()
    await team.office.clock_to("2026-11-23 10:01")
    team.lan.hears("Đã qua một ngày làm việc", "Số đến 1/2026")
    await team.lan.presses("Đã xem", team.lan.last)
    team.room.sees("lãnh đạo đã xem")
    team.office.anything_goes()


EXPRESS = LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nHỎA TỐC\n", 1)


def urgings(actor: Actor) -> list[Message]:
    return [each for each in actor.messages if "chưa có bút phê" in each.text]


def standing(actor: Actor) -> list[Message]:
    return [each for each in urgings(actor) if not each.deleted]


async def test_an_express_letter_is_told_at_once_and_every_hour_at_first_each_in_place_of_the_last(team: Team) -> None:
    await team.registered(EXPRESS)
    team.room.sees("Số đến 1/2026", "Hỏa tốc")
    team.lan.hears("Hỏa tốc · chưa có bút phê")
    for hour in range(1, 3):
        await team.office.clock_to("+1h")
        assert (len(urgings(team.lan)), len(standing(team.lan))) == (hour + 1, 1)
    await team.lan.presses("Đã xem", standing(team.lan)[0])
    team.lan.hears("Đã có người xử lý: Số đến 1/2026")
    assert not team.lan.last.labels
    await team.office.clock_to("+9h")
    assert len(urgings(team.lan)) == 2
    team.office.anything_goes()


async def test_over_a_weekend_an_express_letter_stands_once_and_lets_the_leader_sleep(team: Team) -> None:
    await team.registered(EXPRESS)
    nights = 0
    for _ in range(66):
        before = len(urgings(team.lan))
        await team.office.clock_to("+1h")
        local = team.office.now.astimezone(team.office.app.clock.zone)
        nights += (len(urgings(team.lan)) - before) * (local.hour >= 22 or local.hour < 6)
        assert len(standing(team.lan)) == 1
    assert nights == 0
    assert 10 <= len(urgings(team.lan)) <= 20
    team.office.anything_goes()


async def test_an_express_letter_reaches_who_is_on_duty_outside_office_hours(team: Team) -> None:
    await team.lan.says("/truc tối nay @binh", team.room)
    await team.office.clock_to("19:30")
    team.quiet()
    await team.registered(EXPRESS)
    team.lan.hears("Hỏa tốc")
    team.office.anything_goes()
    team.binh.hears("Hỏa tốc", "gọi báo lãnh đạo")
    assert len(standing(team.binh)) == 1


async def test_urgent_letters_urge_twice_a_day_and_very_urgent_ones_every_two_hours_at_work(team: Team) -> None:
    await team.registered(LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nKHẨN\n", 1))
    await team.registered(LETTER.replace("SỞ NỘI VỤ\n", "SỞ NỘI VỤ\nTHƯỢNG KHẨN\n", 1).replace("296", "297"))
    team.quiet()

    def told(number: int) -> int:
        return len([each for each in team.lan.messages if f"bút phê: Số đến {number}/2026" in each.text])

    await team.office.clock_to("2026-11-20 17:01")
    assert (told(1), told(2)) == (1, 3)
    await team.office.clock_to("2026-11-23 07:00")
    assert (told(1), told(2)) == (1, 3)
    await team.office.clock_to("2026-11-23 17:01")
    assert (told(1), told(2)) == (3, 8)
    team.office.anything_goes()


async def test_a_deadline_that_passes_with_nobody_at_work_is_told_to_the_leader(team: Team) -> None:
    await team.registered()
    await team.lan.presses("Đã xem")
    team.quiet()
    await team.office.clock_to("2026-11-27 17:01")
    team.lan.hears("Đến hạn mà chưa giao ai", "Số đến 1/2026")
    team.office.anything_goes()


# looking up
