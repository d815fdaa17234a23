"""What DOCX, ODT and RTF have in common: the archive, the text as it is collected, boxes of a fixed size.

``layers`` tells what lies over text and ``grounds`` what lies under it, ``overflow`` what has no room,
``kept_results`` and ``field_codes`` what a program shows in place of what the file keeps, ``low_lines`` what reaches over the line above, ``plain`` whether a
document is ordinary enough to need no picture.
"""
