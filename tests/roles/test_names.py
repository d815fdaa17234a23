"""Which names may stand in a text at all: those that are sought there, and no name that stands there is passed over."""

from __future__ import annotations

from evaluator.roles.names import known_names, places_of, that_may_stand, words_of

from ..conftest import RESUMES

OF_ITS_OWN = ("Frobnicator 9", "<mark>", "日本語ツール")


def test_every_name_that_stands_in_a_text_may_stand_there() -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(RESUMES.glob("*.md"))]
    texts += ["Frobnicator 9 と日本語ツール, <mark>; C, Go and R. İzmir: .NET, node.js", ""]
    assert len(texts) > 4
    names = (*known_names(), *OF_ITS_OWN)
    sought = 0
    for text in texts:
        low = text.lower()
        there = [name for name in names if any(places_of(name, text, low))]
        tried = that_may_stand(names, words_of(low))
        assert [name for name in tried if name in there] == there
        assert len(tried) < len(names) / 2
        sought += len(there)
    assert sought > 20


def test_a_script_without_spaces_may_touch_a_name_and_other_letters_may_not() -> None:
    text = "本番Kubernetesで運用; Kubernetesé, éKubernetes, kuberneteS"
    found = [text[:start].count(";") for start, _ in places_of("Kubernetes", text, text.lower())]
    assert found == [0, 1]
