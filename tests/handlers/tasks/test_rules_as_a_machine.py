"""The life of a task as a machine: whatever people try in whatever order, only legal moves happen."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from handlers.tasks import rules
from handlers.tasks.rules import Life, Move, Seat
from storage.tasks import AssignmentState, Part, TaskState

LEADER = Seat(commands=True)
LEAD = Seat(Part.LEAD, AssignmentState.ACCEPTED)
SUPPORT = Seat(Part.SUPPORT, AssignmentState.ACCEPTED)
OUTSIDER = Seat()


class TaskLife(RuleBasedStateMachine):
    """A model beside the rules: what was done, told from the moves alone."""

    def __init__(self) -> None:
        super().__init__()
        self.life = Life()
        self.answer = AssignmentState.GIVEN
        self.closed = False
        self.reported = False
        self.asked = False

    def seat(self, who: str) -> Seat:
        return {
            "leader": LEADER,
            "lead": Seat(Part.LEAD, self.answer),
            "support": SUPPORT,
            "outsider": OUTSIDER,
        }[who]

    @rule(move=st.sampled_from(Move), who=st.sampled_from(["leader", "lead", "support", "outsider"]))
    def somebody_tries(self, move: Move, who: str) -> None:
        seat = self.seat(who)
        if rules.refusal(move, seat, self.life) is not None:
            return
        assert not self.closed, f"{move} on a closed task"
        assert who != "outsider", f"an outsider did {move}"
        commanding = (Move.APPROVE, Move.RETURN, Move.GRANT, Move.DENY, Move.CANCEL, Move.EDIT)
        assert (move in commanding) == (who == "leader"), f"{who} did {move}"
        assert move is not Move.APPROVE or self.reported
        assert move is not Move.RETURN or self.reported
        assert move not in (Move.GRANT, Move.DENY) or self.asked
        assert move is not Move.REPORT or who == "lead"
        self.life = rules.after(move, self.life, seat=seat)
        self._remember(move, who)

    def _remember(self, move: Move, who: str) -> None:
        if who == "lead" and move is Move.ACCEPT:
            self.answer = AssignmentState.ACCEPTED
        if who == "lead" and move is Move.DECLINE:
            self.answer = AssignmentState.DECLINED
        self.reported = move is Move.REPORT or (self.reported and move not in (Move.RETURN, Move.APPROVE))
        self.asked = move is Move.ASK_EXTENSION or (
            self.asked and move not in (Move.GRANT, Move.DENY, Move.REPORT, Move.APPROVE, Move.CANCEL)
        )
        self.closed = self.closed or move in (Move.APPROVE, Move.CANCEL)

    @invariant()
    def the_model_and_the_rules_agree(self) -> None:
        assert self.life.is_closed == self.closed
        assert (self.life.state is TaskState.REPORTED) == (self.reported and not self.closed)
        if not self.closed and not self.reported:
            assert self.life.extension_asked == self.asked


TestTaskLife = TaskLife.TestCase
TestTaskLife.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)


@pytest.mark.parametrize(
    ("move", "seat", "life", "text"),
    [
        (Move.ACCEPT, OUTSIDER, Life(), "task-refuse-not-yours"),
        (Move.ACCEPT, LEAD, Life(), "task-refuse-accepted-already"),
        (Move.REPORT, SUPPORT, Life(), "task-refuse-lead-reports"),
        (Move.REPORT, LEAD, Life(TaskState.REPORTED), "task-refuse-reported-already"),
        (Move.APPROVE, LEAD, Life(TaskState.REPORTED), "task-refuse-leader-decides"),
        (Move.APPROVE, LEADER, Life(), "task-refuse-not-reported"),
        (Move.GRANT, LEADER, Life(), "task-refuse-no-extension"),
        (Move.ASK_EXTENSION, LEAD, Life(extension_asked=True), "task-refuse-extension-waits"),
        (Move.HAND_OVER, Seat(Part.LEAD, AssignmentState.DECLINED), Life(), "task-refuse-declined-before"),
        (Move.CANCEL, LEADER, Life(TaskState.DONE), "task-refuse-closed"),
        (Move.EDIT, LEADER, Life(TaskState.CANCELLED), "task-refuse-closed"),
    ],
)
def test_every_illegal_move_is_refused_by_name(move: Move, seat: Seat, life: Life, text: str) -> None:
    assert rules.refusal(move, seat, life) == text


def test_a_leaders_own_report_needs_nobodys_approval() -> None:
    seat = Seat(Part.LEAD, AssignmentState.ACCEPTED, commands=True)
    assert rules.after(Move.REPORT, Life(), seat=seat).state is TaskState.DONE
