"""From the account a resume names to facts about its public repositories, and from facts to evidence.

The account is never guessed; every part of the facts is known, or unknown with a reason; nothing a
candidate wrote becomes query text, a path outside its place, or an instruction.

``accounts`` and ``given``: which account? ``account_owner`` and ``person``: whose is it? ``fetching``, by ``graphql``
or ``rest``: what is known of it? ``repository_weight`` and ``history``: what does a repository count for?
``evidence``: for which dimension? ``workflows``: which steps of one can run?
"""
