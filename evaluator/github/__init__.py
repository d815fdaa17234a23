"""From the account a resume names to facts about its public repositories, and from facts to evidence.

The account is never guessed; every part of the facts is known, or unknown with a reason; nothing a
candidate wrote becomes query text, a path outside its place, or an instruction.
"""
