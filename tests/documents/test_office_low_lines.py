"""Office documents: lines lower than their letters, which reach over the lines above."""

from __future__ import annotations

import pytest

from evaluator.documents.reading import reading_of

from .test_office_plain import BEFORE, PAYLOAD, _odt, _rtf, _run, _told, _word

_LOW = '<w:spacing w:line="160" w:lineRule="auto"/>'
_BLANKS = "\u00a0" * 20
_SMALL = _run(text="Tea") * 4 + _run(run='<w:sz w:val="14"/>')
_BLOCKS = "\u2588" * 8
_TITLE = "Ledgers of Rotterdam"


def _styled(*paragraphs: tuple[str, str, str]) -> bytes:
    """OpenDocument with a style of its own for each paragraph: its properties, those of its letters, its text."""
    looks = "".join(
        f'</style:style><style:style style:name="Q{n}" style:family="paragraph"><style:paragraph-properties {of_paragraph}/>'
        f"<style:text-properties {of_text}/>"
        for n, (of_paragraph, of_text, _) in enumerate(paragraphs)
    )
    body = "".join(
        f'<text:p text:style-name="Q{n}">{text}</text:p>'
        for n, (_, _, text) in enumerate(paragraphs)
    )
    return _odt(looks, body)


_TIGHT = 'fo:line-height="80%"'
COVERING = {
    "blocks": _word(_SMALL + _run(_LOW, '<w:sz w:val="150"/>', _BLOCKS)),
    "a white shade": _word(
        _SMALL + _run(_LOW, '<w:sz w:val="150"/><w:shd w:val="clear" w:fill="FFFFFF"/>', _BLANKS)
    ),
    "a highlight": _word(
        _SMALL + _run(_LOW, '<w:sz w:val="150"/><w:highlight w:val="white"/>', _BLANKS)
    ),
    "tabs": _word(
        _SMALL
        + f'<w:p><w:pPr>{_LOW}</w:pPr><w:r><w:rPr><w:sz w:val="150"/><w:highlight w:val="white"/></w:rPr>{"<w:tab/>" * 9}</w:r></w:p>'
    ),
    "symbols": _word(
        _SMALL
        + f'<w:p><w:pPr>{_LOW}</w:pPr><w:r><w:rPr><w:sz w:val="150"/></w:rPr><w:sym w:font="Wingdings" w:char="F06E"/></w:r></w:p>'
    ),
    "spaces in ODT": _styled(
        *[("", "", "Tea")] * 4,
        ("", 'fo:font-size="6pt"', PAYLOAD),
        (_TIGHT, 'fo:font-size="80pt" fo:background-color="#ffffff"', '<text:s text:c="40"/>'),
    ),
    "a pile in RTF": _rtf(
        r"Tea\par\pard\fs12\sl30\slmult1 TEXT\line Rye and wheat for the shops of the harbour\line Planned shifts"
    ),
    "blocks in ODT": _styled(
        *[("", "", "Tea")] * 4,
        ("", 'fo:font-size="6pt"', PAYLOAD),
        (_TIGHT, 'fo:font-size="80pt"', _BLOCKS),
    ),
    "a ground in ODT": _styled(
        *[("", "", "Tea")] * 4,
        ("", 'fo:font-size="6pt"', PAYLOAD),
        (_TIGHT, 'fo:font-size="80pt" fo:background-color="#ffffff"', _BLANKS),
    ),
    "blocks in RTF": _rtf(
        r"Tea\par Tea\par Tea\par Tea\par\pard\fs12 TEXT\par\pard\fs150\sl160\slmult1 \u9608?\u9608?\u9608?"
    ),
    "a highlight in RTF": _rtf(
        r"Tea\par Tea\par Tea\par Tea\par\pard\fs12 TEXT\par\pard\fs150\sl160\slmult1\highlight8 "
        + r"\~" * 20,
        r"{\colortbl;" + r"\red255\green255\blue255;" * 8 + "}",
    ),
}


@pytest.mark.parametrize("name", COVERING)
def test_a_line_that_a_low_one_reaches_over_does_not_count(name: str) -> None:
    found = reading_of(COVERING[name], "a")
    text, told = _told(COVERING[name])
    assert found.wants_picture
    assert text.strip().startswith(BEFORE)
    assert "Sorted" not in text
    assert "Sorted" in told


TIGHT = {
    "a title": _word(
        _run() + _run('<w:spacing w:line="216" w:lineRule="auto"/>', '<w:sz w:val="56"/>', _TITLE)
    ),
    "shaded text": _word(
        _run() + _run(_LOW, '<w:sz w:val="20"/><w:shd w:val="clear" w:fill="F2DCC0"/>', _TITLE)
    ),
    "a shade of no colour": _word(
        _SMALL + _run(_LOW, '<w:sz w:val="36"/><w:shd w:val="clear" w:fill="auto"/>', _TITLE)
    ),
    "a title in ODT": _styled(
        ("", 'fo:font-size="11pt"', PAYLOAD), (_TIGHT, 'fo:font-size="28pt"', _TITLE)
    ),
    "a title in RTF": _rtf(rf"\pard\fs20 TEXT\par\pard\fs40\sl200\slmult1 {_TITLE}"),
}


@pytest.mark.parametrize("name", TIGHT)
def test_an_ordinary_tight_line_is_plain(name: str) -> None:
    text, told = _told(TIGHT[name])
    assert not reading_of(TIGHT[name], "a").wants_picture
    assert PAYLOAD in text
    assert _TITLE in text
    assert not told


@pytest.mark.parametrize("kind", ["date", "time", "print-date"])
def test_words_that_a_fixed_date_keeps_beside_its_value_do_not_count(kind: str) -> None:
    field = f'<text:{kind} text:fixed="true">{{}}</text:{kind}>'
    text, told = _told(_odt("", f"<text:p>{field.format(PAYLOAD)}</text:p>"))
    assert "Sorted" not in text
    assert "Sorted" in told
    text, told = _told(_odt("", f"<text:p>Rotterdam, {field.format('12 March 2024')}</text:p>"))
    assert "12 March 2024" in text
    assert not told
