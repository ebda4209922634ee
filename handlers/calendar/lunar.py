"""The Vietnamese lunar calendar, reckoned at UTC+7 (Hồ Ngọc Đức's method after Meeus, Astronomical Algorithms)."""

from datetime import date
from functools import cache
from math import floor, pi, radians, sin

_HOURS_EAST = 7  # Beijing reckons at +8, so that its new year is sometimes another day (2007, 2030)
_SYNODIC_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695
_JULIAN_OF_ORDINAL_0 = 1721425
_YEARS = range(1900, 2200)


@cache
def lunar_to_solar(year: int, month: int, day: int) -> date | None:
    """The solar day of a day of the lunar year (never its leap month); None when the month has no such day."""
    if year not in _YEARS or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return date.fromordinal(_new_moon_day(_month(year, month)) + day - 1 - _JULIAN_OF_ORDINAL_0)


@cache
def month_length(year: int, month: int) -> int:
    number = _month(year, month)
    return _new_moon_day(number + 1) - _new_moon_day(number)


def _month(year: int, month: int) -> int:
    """Which new moon since 1900 begins the month."""
    from_year = year - 1 if month < 11 else year
    begins, ends = _eleventh_month(from_year), _eleventh_month(from_year + 1)
    number = _nearest_new_moon(begins)
    ahead = (month - 11) % 12
    if ends - begins > 365 and ahead >= _leap_month(number):
        ahead += 1
    return number + ahead


def _nearest_new_moon(julian_day: int) -> int:
    return floor(0.5 + (julian_day - _FIRST_NEW_MOON) / _SYNODIC_MONTH)


@cache
def _eleventh_month(year: int) -> int:
    """The Julian day on which the month of the winter solstice begins."""
    last = date(year, 12, 31).toordinal() + _JULIAN_OF_ORDINAL_0
    number = floor((last - 2415021) / _SYNODIC_MONTH)
    begins = _new_moon_day(number)
    return _new_moon_day(number - 1) if _sun_sector(begins) >= 9 else begins


def _leap_month(number: int) -> int:
    """How many months after the eleventh the sun enters no new sector."""
    ahead = 1
    sector = _sun_sector(_new_moon_day(number + ahead))
    while ahead < 14:
        ahead += 1
        before, sector = sector, _sun_sector(_new_moon_day(number + ahead))
        if sector == before:
            break
    return ahead - 1


@cache
def _new_moon_day(number: int) -> int:
    return floor(_new_moon(number) + 0.5 + _HOURS_EAST / 24)


def _new_moon(k: int) -> float:
    """The Julian date of the k-th new moon since 1 January 1900."""
    t = k / 1236.85
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t**2 - 0.000000155 * t**3
    mean += 0.00033 * sin(radians(166.56 + 132.87 * t - 0.009173 * t**2))
    sun = radians(359.2242 + 29.10535608 * k - 0.0000333 * t**2 - 0.00000347 * t**3)
    moon = radians(306.0253 + 385.81691806 * k + 0.0107306 * t**2 + 0.00001236 * t**3)
    node = radians(21.2964 + 390.67050646 * k - 0.0016528 * t**2 - 0.00000239 * t**3)
    correction = (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun) - 0.4068 * sin(moon)
    correction += 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon) + 0.0104 * sin(2 * node)
    correction += -0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon) + 0.0004 * sin(2 * node + sun)
    correction += -0.0004 * sin(2 * node - sun) - 0.0006 * sin(2 * node + moon)
    correction += 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    return mean + correction - (-0.000278 + 0.000265 * t + 0.000262 * t**2)


@cache
def _sun_sector(julian_day: int) -> int:
    """Which twelfth of its yearly way the sun is in when the day begins."""
    t = (julian_day - 0.5 - _HOURS_EAST / 24 - 2451545.0) / 36525
    anomaly = radians(357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3)
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor(radians(longitude) % (2 * pi) / pi * 6)
