"""What a message is taken for: typed any way, in either language, and weighed against what the notes answer."""

import json

import pytest
from engine.intent_classifier import LESSONS, AidlineIntents
from engine.intent_model import Example, IntentModel, Lesson, read_lessons
from engine.message_features import MessageFeatures
from engine.told_by_gateway import ToldByGateway
from engine.wish_or_question import weighed
from examples import signs, told
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

LEAST = 0.45
TO_THE_NOTES = {"ask_question", "out_of_scope"}


@pytest.fixture(scope="module")
def model():
    """The model as it learns from the examples alone; what the notes are asked makes it better still."""
    return IntentModel.trained([Example(one.text, one.intent) for one in told()], (), signs())


def likeliest(model, text):
    return next(iter(model.probabilities([text])[0].items()))


WISHES = [
    ("hey can you guys estimate what aid i'd end up with next fall", "start_estimate_aid"),
    ("me gustaría que me calculara la ayuda para el otoño", "start_estimate_aid"),
    ("would i be independent, i'm 21 and my parents stopped supporting me", "start_dependency"),
    ("tengo 23 años y vivo con mi novia, ¿soy independiente para la fafsa?", "start_dependency"),
    ("my mom and dad are divorced and i live half and half, which of them goes on it", "start_who_is_parent"),
    ("mis papás están separados y no sé a cuál poner en la fafsa", "start_who_is_parent"),
    ("what's my fafsa deadline if i live in kentucky", "start_deadlines"),
    ("cuándo es la fecha límite si vivo en colorado", "start_deadlines"),
    ("it's been three weeks and my fafsa still says in review", "start_fafsa_status"),
    ("mi fafsa dice que falta la firma de mi papá", "start_fafsa_status"),
    ("the college picked me for verification and wants documents", "start_verification"),
    ("mi universidad me seleccionó para verificación, ¿qué papeles mando?", "start_verification"),
    ("my mom lost her job and the fafsa still shows what she used to make", "start_appeal"),
    ("a mi papá lo despidieron y la fafsa tiene el ingreso de antes", "start_appeal"),
    ("how much can i borrow as a third year student", "start_borrowing"),
    ("cuánto puedo pedir en préstamos para mi segundo año", "start_borrowing"),
    ("i got two award letters, help me see which school costs less", "start_compare_offers"),
    ("tengo ofertas de dos universidades, ayúdeme a compararlas", "start_compare_offers"),
    ("i'd like to talk to somebody from the office", "talk_to_person"),
    ("quisiera hablar con una persona de la oficina", "talk_to_person"),
]


@pytest.mark.parametrize(("text", "intent"), WISHES)
def test_a_wish_for_a_flow_is_understood(model, text, intent):
    assert text not in {one.text for one in told()}
    found, sure = likeliest(model, text)
    assert (found, sure >= LEAST) == (intent, True)


@pytest.mark.parametrize(
    "text",
    [
        "what is the maximum pell grant for the year",
        "how long does it take until the fafsa is processed",
        "what does it mean to be a dependent student",
        "what is the interest rate on plus loans",
        "when do refunds go out",
        "cuánto es lo máximo que da la beca pell",
        "qué significa ser estudiante dependiente",
        "qué interés cobran los préstamos federales",
        "cuándo pagan el reembolso",
        "who won the football game yesterday",
        "can you recommend a good pizza place",
        "qué película me recomienda para hoy",
        "cómo arreglo mi carro",
    ],
)
def test_what_is_no_wish_starts_nothing(model, text):
    found, sure = likeliest(model, text)
    assert found in TO_THE_NOTES or sure < LEAST


@pytest.mark.parametrize(
    ("clean", "typed"),
    [
        ("¿cuándo es la fecha límite en Texas?", "cuando es la fecha limite en texas"),
        ("Am I a dependent or an independent student?", "am i a dependant or an independant studnt"),
        ("Quiero calcular cuánta ayuda me darían.", "kiero calcular cuanta ayuda me darian"),
        ("How much can I borrow for my first year?", "HOW MUCH CAN I BORROW 4 MY FIRST YR"),
        ("Please let me talk to a person.", "pls let me talk 2 a persn"),
    ],
)
def test_accents_capitals_and_typing_errors_change_nothing(model, clean, typed):
    assert likeliest(model, clean)[0] == likeliest(model, typed)[0]


@pytest.mark.parametrize("text", ["", "🙂🙂", "xqzwv kjhgf", "...."])
def test_a_message_without_a_known_word_starts_nothing(model, text):
    found, sure = likeliest(model, text)
    assert found in TO_THE_NOTES or sure < LEAST


def test_the_probabilities_of_a_message_make_one_and_come_in_order(model):
    shares = list(model.probabilities(["deadline for ohio?"])[0].values())
    assert sum(shares) == pytest.approx(1)
    assert shares == sorted(shares, reverse=True)


def test_a_model_that_was_saved_says_the_same_when_it_is_read(model, tmp_path):
    model.save(tmp_path)
    texts = [one.text for one in told()[::40]]
    for before, after in zip(model.probabilities(texts), IntentModel.read(tmp_path).probabilities(texts), strict=True):
        assert after == pytest.approx(before, abs=1e-6)


def test_learning_twice_gives_the_same_model():
    few = [Example(one.text, one.intent) for one in told()[::6]]
    lessons = [Lesson(one.text, one.intent, None) for one in told()[::5]]
    first, second = (IntentModel.trained(few, lessons, signs()).probabilities(["how much can i get"]) for _ in range(2))
    assert first[0] == pytest.approx(second[0], abs=1e-4)


def test_lessons_teach_that_words_of_one_subject_belong_together():
    places = ("today", "again", "in june", "twice", "last week")
    examples = [Example(f"laid off {place}", "appeal") for place in places]
    examples += [Example(f"due date {place}", "deadlines") for place in places]
    asked = {"job": ("corrieron de la chamba", "laid off"), "day": ("cuando se vence", "due date")}
    asked = {**asked, **{f"other {n}": (f"word{n} thing{n}", f"matter{n}") for n in range(20)}}
    lessons = [
        Lesson(f"{text} {place}", name, None) for name, texts in asked.items() for text in texts for place in places * 2
    ]
    taught = IntentModel.trained(examples, lessons, ())
    untaught = IntentModel.trained(examples, [Lesson(one.text, one.text, None) for one in lessons], ())
    shares = [one.probabilities(["corrieron de la chamba"])[0]["appeal"] for one in (taught, untaught)]
    assert shares[0] > shares[1] + 0.1


def test_two_signs_together_can_say_what_neither_says_alone():
    speaking = {"own": ("my", "our", "mine", "ours"), "loan": ("loan", "debt", "credit", "balance")}
    patterns = [(name, rf"\b({'|'.join(words)})\b") for name, words in speaking.items()]
    pairs = [
        (own, loan) for own in ("my", "our", "mine", "the", "some", "any") for loan in ("loan", "debt", "bus", "dog")
    ]
    alike = {(own, loan): (own in speaking["own"]) == (loan in speaking["loan"]) for own, loan in pairs}
    examples = [Example(f"{own} {loan}", "both or none" if alike[own, loan] else "one") for own, loan in pairs * 4]
    model = IntentModel.trained(examples, (), patterns)
    told_apart = {text: likeliest(model, text)[0] for text in ("ours credit", "ours tree", "each balance", "each tree")}
    assert list(told_apart.values()) == ["both or none", "one", "one", "both or none"]


def test_a_sign_that_is_no_regular_expression_is_named():
    with pytest.raises(ValueError, match=r"The sign broken is no regular expression"):
        MessageFeatures({}, {}, None, [("broken", "(")])


def test_lessons_that_were_not_written_fail_the_training(tmp_path):
    with pytest.raises(OSError, match="missing"):
        read_lessons(tmp_path / "missing.json")


RANKING = [{"name": "start_borrowing", "confidence": 0.5}, {"name": "ask_question", "confidence": 0.4}]


def test_the_nearer_a_note_the_likelier_a_question():
    assert [entry["name"] for entry in weighed(RANKING, 0.95)] == ["ask_question", "start_borrowing"]
    assert [entry["name"] for entry in weighed(RANKING, 0.4)] == ["start_borrowing", "ask_question"]
    sure = [weighed(RANKING, near)[0]["confidence"] for near in (0.6, 0.5, 0.4)]
    assert sure == sorted(sure)


def test_a_note_that_is_near_does_not_undo_a_plain_wish():
    ranking = [{"name": "talk_to_person", "confidence": 0.93}, {"name": "ask_question", "confidence": 0.03}]
    assert weighed(ranking, 1.0)[0]["name"] == "talk_to_person"


def test_weighing_shares_out_what_there_was():
    assert sum(entry["confidence"] for entry in weighed(RANKING, 0.8)) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("metadata", "intent"),
    [
        ({"near": 0.95}, "ask_question"),
        ({}, "start_borrowing"),
        (None, "start_borrowing"),
        ({"near": "high"}, "start_borrowing"),
    ],
)
def test_how_near_a_note_is_comes_with_the_message(metadata, intent):
    data = {"text": "what can i borrow", "metadata": metadata, "intent": RANKING[0], "intent_ranking": RANKING}
    [message] = ToldByGateway.create({}, None, None, None).process([Message(data)])
    assert message.get("intent")["name"] == intent
    assert message.get("intent_ranking")[0]["name"] == intent


@pytest.mark.parametrize("problem", ["unsafe", "sensitive", "too_long"])
def test_a_message_with_a_problem_starts_nothing(problem):
    data = {"text": "borrow more", "metadata": {"problem": problem}, "intent": RANKING[0], "intent_ranking": RANKING}
    [message] = ToldByGateway.create({}, None, None, None).process([Message(data)])
    assert message.get("intent") == {"name": "ask_question", "confidence": 1.0}


@pytest.mark.parametrize("text", ["2", "🤷", "...", ""])
def test_a_message_without_a_letter_starts_nothing(text):
    data = {"text": text, "metadata": {}, "intent": RANKING[0], "intent_ranking": RANKING}
    [message] = ToldByGateway.create({}, None, None, None).process([Message(data)])
    assert message.get("intent")["name"] == "ask_question"


def component(folder):
    storage, context = LocalModelStorage.create(folder), ExecutionContext(GraphSchema({}), "test")
    return AidlineIntents.create({}, storage, Resource("intents"), context), storage, context


def training_data():
    messages = [Message.build(text=one.text, intent=one.intent) for one in told()[::12]]
    return TrainingData(messages, regex_features=[{"name": name, "pattern": pattern} for name, pattern in signs()])


def test_rasa_keeps_the_model_and_finds_it_again(tmp_path, monkeypatch):
    lessons = tmp_path / "lessons.json"
    lessons.write_text(json.dumps([{"text": "what is pell", "subject": "pell", "intent": "ask_question"}]))
    monkeypatch.setenv(LESSONS, str(lessons))
    first, storage, context = component(tmp_path)
    first.train(training_data())
    loaded = AidlineIntents.load({}, storage, Resource("intents"), context)
    for one in (first, loaded):
        [message] = one.process([Message.build(text="talk to a person")])
        assert message.get("intent")["name"] == "talk_to_person"
        assert len(message.get("intent_ranking")) == 5
        assert {"intent", "intent_ranking"} <= message.output_properties


def test_a_component_that_learned_nothing_says_so(tmp_path):
    with pytest.raises(RuntimeError, match="trained or loaded first"):
        component(tmp_path)[0].process([Message.build(text="hi")])


def test_other_lessons_make_rasa_train_again(tmp_path, monkeypatch):
    marks = set()
    for text in ("[]", "[1]"):
        (tmp_path / "lessons.json").write_text(text)
        monkeypatch.setenv(LESSONS, str(tmp_path / "lessons.json"))
        marks.add(AidlineIntents.fingerprint_addon({}))
    monkeypatch.delenv(LESSONS)
    assert len(marks | {AidlineIntents.fingerprint_addon({})}) == 3
