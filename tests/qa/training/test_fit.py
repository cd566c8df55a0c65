import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.span_reader import CALIBRATION, RANKING, Weights, calibration_inputs
from qa.training.fit import Asked, best_sentence, calibration_error_of, confidence, fit

TELLING, AGAINST = RANKING.index("mass"), RANKING.index("number_missing")


def asked(seed: int, count: int = 80, sentences: int = 5) -> list[Asked]:
    """Questions of which three of four have one right sentence: the one with the widest margin, mostly."""
    chance = np.random.default_rng(seed)
    questions = []
    for number in range(count):
        features = chance.random((sentences, len(RANKING)))
        right = np.zeros(sentences, bool)
        if number % 4:
            right[(features[:, TELLING] - features[:, AGAINST] + 0.1 * chance.random(sentences)).argmax()] = True
            features[right, TELLING] += 0.5
        questions.append(Asked(features, right))
    return questions


@pytest.fixture(scope="module")
def fitted() -> Weights:
    return fit(asked(1))


@pytest.fixture(scope="module")
def misled() -> Weights:
    """Fitted on data that is turned round, so that it asks for the opposite of every sign."""
    return fit([Asked(1 - each.features, each.right) for each in asked(1)])


def test_there_is_one_coefficient_for_each_feature(fitted: Weights) -> None:
    assert fitted.ranking.shape == (len(RANKING),)
    assert fitted.calibration.shape == (len(CALIBRATION),)
    assert np.isfinite([*fitted.ranking, *fitted.calibration, fitted.intercept]).all()


def test_what_tells_the_right_sentence_weighs_most(fitted: Weights) -> None:
    assert fitted.ranking.argmax() == TELLING
    assert fitted.ranking.argmin() == AGAINST
    others = [each for each in asked(2) if each.right.any()]
    assert np.mean([best_sentence(each, fitted.ranking)[1] for each in others]) > 0.8


@pytest.mark.parametrize(
    ("name", "sign"), [("cosine_passage", 1), ("number_missing", -1), ("is_question", -1), ("mass", 1)]
)
def test_coefficients_have_the_sign_that_they_must_have(name: str, sign: int, fitted: Weights, misled: Weights) -> None:
    for weights in (fitted, misled):
        assert sign * weights.ranking[RANKING.index(name)] >= 0
        assert sign * weights.calibration[CALIBRATION.index(name)] >= 0


def test_confidence_is_on_average_the_share_of_right_answers(fitted: Weights) -> None:
    best = [best_sentence(each, fitted.ranking) for each in asked(1)]
    told = confidence(np.array([inputs for inputs, _ in best]), fitted)
    assert ((told > 0) & (told < 1)).all()
    assert told.mean() == pytest.approx(np.mean([right for _, right in best]), abs=0.01)
    assert told[[right for _, right in best]].mean() > told[[not right for _, right in best]].mean()


def test_the_order_of_the_questions_does_not_matter(fitted: Weights) -> None:
    turned = fit(asked(1)[::-1])
    assert turned.ranking == pytest.approx(fitted.ranking, abs=0.01)


@given(st.integers(0, 9), st.lists(st.floats(-5, 5), min_size=len(RANKING), max_size=len(RANKING)))
@settings(max_examples=10)
def test_the_best_sentence_is_the_strongest(seed: int, ranking: list[float]) -> None:
    (each,) = asked(seed, count=1)
    inputs, right = best_sentence(each, np.array(ranking))
    best = (each.features @ np.array(ranking)).argmax()
    assert inputs.tolist() == calibration_inputs(each.features)[best].tolist()
    assert right == each.right[best]


def test_questions_without_any_right_sentence_can_be_fitted() -> None:
    none = [Asked(each.features, np.zeros(len(each.right), bool)) for each in asked(1, count=10)]
    weights = fit(none)
    assert not weights.ranking.any()
    inputs = np.array([best_sentence(each, weights.ranking)[0] for each in none])
    assert confidence(inputs, weights).max() < 0.1


def test_the_calibration_error_is_small_where_the_data_can_tell_and_large_where_it_misleads() -> None:
    honest = asked(1)
    assert 0 <= calibration_error_of(honest) < 0.2
    # Every fifth question, which is a fold of its own, is right when the others are wrong.
    misled = [Asked(each.features, np.full(len(each.right), place % 5 == 0)) for place, each in enumerate(honest)]
    assert calibration_error_of(misled) > calibration_error_of(honest)
