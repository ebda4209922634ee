"""What people write about duty, and how it is understood."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.engine.work import Refusal
from handlers.calendar import OfficeHours, WorkingCalendar
from handlers.duty import reading

CALENDAR = WorkingCalendar.vietnam({}, hours=OfficeHours.parse("07:30-11:30,13:30-17:00"))
FRIDAY = datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
EARLY_DECEMBER = "30/11+1/12+2/12 07:30-11:30 @an; 30/11+1/12+2/12 13:30-17:00 @binh"
NAMES = ["Bình", "Chi", "Trần Mai", "Mai", "Sáng", "Anh", "Nghi"]


def understood(text: str) -> str:
    """`21/11 sáng Bình` for each wish, joined with `; `."""
    wishes = reading.read(text, NAMES, FRIDAY, CALENDAR)
    return "; ".join(
        " ".join(
            [
                *("+".join(f"{day.day}/{day.month}" for day in wish.days),),
                *("+".join(f"{slot.start:%H:%M}-{slot.end:%H:%M}" for slot in wish.slots),),
                *("+".join(wish.who),),
            ]
        )
        for wish in wishes
    )


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("25/11 sáng @binh, chiều @chi", "25/11 07:30-11:30 @binh; 25/11 13:30-17:00 @chi"),
        ("25/11 sáng @binh chiều @chi", "25/11 07:30-11:30 @binh; 25/11 13:30-17:00 @chi"),
        ("mai Bình trực sáng, em trực chiều", "21/11 07:30-11:30 Bình; 21/11 13:30-17:00 em"),
        ("mai binh truc sang, toi truc chieu", "21/11 07:30-11:30 binh; 21/11 13:30-17:00 toi"),
        ("Mai trực sáng mai", "21/11 07:30-11:30 Mai"),
        ("Mai Bình trực", "21/11  Bình"),
        ("sáng mai chị Mai trực ạ", "21/11 07:30-11:30 chị Mai"),
        ("Sáng Bình, chiều anh Sáng", " 07:30-11:30 Bình;  13:30-17:00 anh Sáng"),
        ("sáng @binh, @chi, chiều @an", " 07:30-11:30 @binh+@chi;  13:30-17:00 @an"),
        ("sáng, chiều @binh", " 07:30-11:30+13:30-17:00 @binh"),
        ("Bình trực sáng, chiều", " 07:30-11:30+13:30-17:00 Bình"),
        ("thứ 7, chủ nhật @binh", "21/11+22/11  @binh"),
        ("thứ 2, 4, 6 tuần sau Bình", "23/11+25/11+27/11  Bình"),
        ("t2,t4,t6 binh; thứ 3, 5: Chi", "23/11+25/11+27/11  binh; 24/11+26/11  Chi"),
        ("Bình trực thứ 7 và chủ nhật", "21/11+22/11  Bình"),
        ("Bình thứ 7 Chi chủ nhật", "21/11  Bình; 22/11  Chi"),
        ("25/11 Bình sáng Chi chiều", "25/11 07:30-11:30 Bình; 25/11 13:30-17:00 Chi"),
        ("21/11 @an 22/11 @binh", "21/11  @an; 22/11  @binh"),
        ("thứ 3 tuần sau Bình", "24/11  Bình"),
        ("trực từ 23/11 đến 25/11: Bình, Chi", "23/11+24/11+25/11  Bình+Chi"),
        ("23-25/11 @an, 26 - 27/11 @binh", "23/11+24/11+25/11  @an; 26/11+27/11  @binh"),
        ("từ ngày 28 đến hết ngày 1/12 @an trực", "28/11+29/11+30/11+1/12  @an"),
        ("từ 30/11 đến 2/12 sáng @an, chiều @binh", EARLY_DECEMBER),
        ("thứ 2 đến thứ 4 tuần sau Bình", "23/11+24/11+25/11  Bình"),
        ("thứ 2 tới thứ 6 @an", "23/11+24/11+25/11+26/11+27/11  @an"),
        ("Từ thứ hai đến hết thứ ba: Bình trực", "23/11+24/11  Bình"),
        ("thu 2 toi thu 4 @an", "23/11+24/11+25/11  @an"),
        ("T2-T3 @an, T4 - T5 tuần sau sáng @binh", "23/11+24/11  @an; 25/11+26/11 07:30-11:30 @binh"),
        ("thứ hai tuần tới tới thứ tư tuần tới Chi", "23/11+24/11+25/11  Chi"),
        ("thứ 7 tuần này đến thứ 2 tuần sau @an", "21/11+22/11+23/11  @an"),
        ("thứ bảy đến thứ hai @an", "21/11+22/11+23/11  @an"),
        ("thứ 7-CN @an", "21/11+22/11  @an"),
        ("thứ 2 tối thứ 6 tuần sau sáng @an", "23/11+27/11 17:00-21:00+07:30-11:30 @an"),
        ("từ 23 đến 24/11 @an", "23/11+24/11  @an"),
        ("30/11-2/12 sáng @an, chiều @binh", EARLY_DECEMBER),
        ("30/11 - 2/12 @an, 4/12–5/12 @binh", "30/11+1/12+2/12  @an; 4/12+5/12  @binh"),
        ("từ 30/11-2/12: Bình trực", "30/11+1/12+2/12  Bình"),
        ("từ 30/11 tới hết 2/12 @an", "30/11+1/12+2/12  @an"),
        ("7,8,9/12 @an", "7/12+8/12+9/12  @an"),
        ("ngày 7, 8 và 9/12 sáng @an, chiều @binh", "7/12+8/12+9/12 07:30-11:30 @an; 7/12+8/12+9/12 13:30-17:00 @binh"),
        ("30.11-2.12 @an", "30/11+1/12+2/12  @an"),
        ("T2-4 tuần sau Bình", "23/11+24/11+25/11  Bình"),
        ("tuần sau @binh", "23/11+24/11+25/11+26/11+27/11+28/11+29/11  @binh"),
        ("Bình trực đến hết 22/11", "20/11+21/11+22/11  Bình"),
        ("thứ 3 tuần tới Bình", "24/11  Bình"),
        ("Mon to Wed @an", "23/11+24/11+25/11  @an"),
        ("next Tuesday morning @an", "24/11 07:30-11:30 @an"),
        ("sáng nay Bình, tối nay Chi", "20/11 07:30-11:30 Bình; 20/11 17:00-21:00 Chi"),
        ("ngày kia Bình", "22/11  Bình"),
        ("T7: Bình\nCN: Chi\nT2: em", "21/11  Bình; 22/11  Chi; 23/11  em"),
        ("thứ 7 18h-6h @an", "21/11 18:00-06:00 @an"),
        ("chiều mai 1h30-5h Bình", "21/11 13:30-17:00 Bình"),
        ("sáng mai 7-9h Bình, đêm mai 10h-6h em", "21/11 07:00-09:00 Bình; 21/11 22:00-06:00 em"),
        ("mai chiều 1h30-5h Bình", "21/11 13:30-17:00 Bình"),
        ("tối mai em trực", "21/11 17:00-21:00 em"),
        ("đêm nay @an", "20/11 21:00-07:30 @an"),
        ("24/24 @an ngày 30/11", "30/11 07:30-07:30 @an"),
        ("Dạ mai cả ngày em Bình trực ạ.", "21/11 07:30-17:00 em Bình"),
        ("tomorrow morning @an, afternoon me", "21/11 07:30-11:30 @an; 21/11 13:30-17:00 me"),
        ("em", "  em"),
        ("", ""),
        ("trực nhé", ""),
    ],
)
def test_days_hours_and_names_are_found_in_any_order(text: str, wishes: str) -> None:
    assert understood(text) == wishes


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("31/2 @binh", "duty-day-unclear"),
        ("từ 25/11 đến 23/11 @binh", "duty-day-unclear"),
        ("từ 25/11 đến 27/12 @binh", "duty-day-unclear"),
        ("thứ 6 @binh", "duty-day-unclear"),
        ("thứ 6 đến chủ nhật @binh", "duty-day-unclear"),
        ("thứ 4 đến thứ 2 tuần sau @binh", "duty-day-unclear"),
        ("thứ 3 đến thứ 5 tuần này @binh", "duty-day-past"),
        ("hằng tuần @binh", "duty-day-unclear"),
        ("19/11 @binh", "duty-day-past"),
        ("mai 8h @binh", "duty-hours-unclear"),
        ("mai 25h-26h @binh", "duty-hours-unclear"),
        ("từ mai @binh", "duty-day-unclear"),
        ("tháng sau @binh", "duty-day-unclear"),
        ("cuối tuần @binh", "duty-day-unclear"),
        ("x" * 1001, "duty-too-long"),
    ],
)
def test_what_may_mean_nothing_or_two_things_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(Refusal) as refused:
        understood(text)
    assert refused.value.text_id == refusal


@pytest.mark.parametrize(
    ("text", "no"),
    [("em không trực được", True), ("ko ai trực", True), ("Nghi trực sáng", False), ("mai em trực", False)],
)
def test_a_no_is_heard(text: str, no: bool) -> None:
    assert reading.denies(text, NAMES) is no


@pytest.mark.parametrize(
    ("words", "oneself", "name"),
    [("em", True, False), ("Anh", True, True), ("anh", True, False), ("chi", True, True), ("Bình", False, False)],
)
def test_pronouns_mean_oneself_and_some_are_names_as_well(words: str, oneself: bool, name: bool) -> None:
    assert (reading.is_self(words), reading.may_be_a_name(words)) == (oneself, name)
