"""The team that every duty dialogue begins with."""

import pytest

from tests.handlers.duty.team import Team
from tests.stage import Office


@pytest.fixture
async def team(office: Office) -> Team:
    team = Team(office)
    await team.gathers()
    return team
