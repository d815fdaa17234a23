"""Names of China, Japan and Korea, whose parts stand without a space between."""

from __future__ import annotations

from .known_names import letters_of
from .name_pieces import Piece, has_no_spaces, is_dense_family, script_of, shaped


def dense_lines(first: str, second: str) -> Piece | None:
    """Family and given name of one or two characters each, one below the other, in either order."""
    if is_dense_family(second) and not is_dense_family(first):
        first, second = second, first
    joined = f"{first} {second}"
    words = shaped(joined) if len(joined) <= 7 and max(len(first), len(second)) <= 3 else None
    return (
        Piece(joined, (first, second), True, True) if words and words == [first, second] else None
    )


def dense_score(piece: Piece) -> float:
    """Family names of China, Japan and Korea are few, so that most names tell themselves."""
    dense = "".join(word for word in piece.words if has_no_spaces(word))
    if script_of(dense[0]) == "hangul":
        family = dense[0] in letters_of("korean_surnames") or is_dense_family(dense[:2])
        return 2.0 if family and 2 <= len(dense) <= 4 else -1.0
    known = dense[0] in letters_of("chinese_surnames") and len(dense) <= 3
    known = known or any(dense.startswith(name) for name in letters_of("chinese_double_surnames"))
    known = known or any(dense.startswith(name) for name in letters_of("japanese_surnames"))
    return 2.0 if known else 0.5 if len(dense) <= 6 else -1.0
