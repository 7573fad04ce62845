"""What is known, by topic."""

from __future__ import annotations

from trainer.bank.model import Entry
from trainer.history.mastery import TopicMastery, by_topic


def entry(number: int, topic: str) -> Entry:
    return Entry(f"q{number}", "question", "choice", topic, 1, (), False)


def test_each_question_is_known_missed_or_new() -> None:
    questions = [entry(1, "a"), entry(2, "b"), entry(3, "a"), entry(4, "a"), entry(5, "a")]
    shares = {"q1": 1.0, "q3": 0.5, "q4": 0.0, "gone": 1.0}
    assert by_topic(questions, shares) == [TopicMastery("a", 4, 1, 1), TopicMastery("b", 1, 0, 1)]


def test_no_questions_no_topics() -> None:
    assert by_topic([], {"q1": 1.0}) == []
