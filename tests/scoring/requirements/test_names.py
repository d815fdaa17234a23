"""Tools, certificates and trades: what a name in the resume carries."""

from __future__ import annotations

import pytest

from evaluator.models.document import RESUME

from .conftest import (
    LACKING,
    LITTLE,
    NAMED,
    NOWHERE,
    REPOSITORY,
    SILENT,
    STUDIED,
    TRADE,
    USED,
    WORK,
    Case,
    Part,
    asks,
    check_verdict,
    cited,
    grounds,
    job,
    judge,
    skills,
)

CASES = (
    # Tools
    Case("tool used", asks("tool", "K8s"), (job(WORK),), "found", USED, (WORK,)),
    Case("tool of an umbrella", asks("tool", "infrastructure as code"), (job("Wrote the Terraform modules."),),
         "found", USED, ("Wrote the Terraform modules.",)),
    Case("tool in daily use", asks("tool", "Rust"), (skills("Rust (daily), Go"),), "found", USED, ("Rust (daily), Go",)),
    Case("tool of the same family, which is taken", asks("tool", "Pulumi", similar=True),
         (job("Wrote the Terraform modules."),), "found", "something comparable was used", ("Wrote the Terraform modules.",)),
    Case("tool of the same family", asks("tool", "Pulumi"), (job("Wrote the Terraform modules."),), "partly",
         "something comparable was used", ("Wrote the Terraform modules.",)),
    Case("tool of a course", asks("tool", "Kafka"), (Part("courses", "Streaming with Kafka, 2021"),), "unclear", STUDIED,
         ("Streaming with Kafka, 2021",)),
    Case("tool of a tutorial", asks("tool", "Kafka"), (Part("projects", "Followed a tutorial on Kafka."),), "unclear", STUDIED),
    Case("tool of a course that was given at work", asks("tool", "Kafka"), (job("Gave the online courses on Kafka."),), "found", USED),
    Case("tool with some use", asks("tool", "Rust"), (skills("Rust (two services)"),), "partly", STUDIED,
         ("Rust (two services)",)),
    Case("tool under a good lead", asks("tool", "Rust"), (skills("Good knowledge: Rust"),), "partly", STUDIED),
    Case("tool known from a training", asks("tool", "Rust"), (skills("Rust (course)"),), "unclear", NAMED),
    Case("tool of a list", asks("tool", "Rust"), (skills("Python, Rust, Go"),), "unclear", NAMED, ("Python, Rust, Go",)),
    Case("tool that others ran", asks("tool", "Kafka"), (job("The platform team ran Kafka for us."),), "unclear", NAMED),
    Case("tool that few name", asks("tool", "Git"), (job("Ran Kafka."),), "unclear", SILENT),
    Case("tool that is denied", asks("tool", "COBOL"), (job("No experience with COBOL so far."),), "missing", LACKING,
         ("No experience with COBOL so far.",)),
    Case("tool with a no beside it", asks("tool", "COBOL"), (skills("COBOL: no"),), "missing", LACKING),
    Case("tool wished for", asks("tool", "COBOL"), (Part("summary", "Keen to learn COBOL."),), "missing", LACKING),
    Case("tool that is said not to be there", asks("tool", "Kubernetes"), (job("Déployé par scripts, pas de Kubernetes chez nous."),),
         "missing", LACKING),
    Case("kind of problem untold", asks("tool", "recommender systems"), (job("Ran Kafka."),), "unclear",
         "not found by its name; resumes tell such work in other words as well"),
    Case("tool in something small", asks("tool", "Kafka"), (job("Wrote a small script around Kafka."),), "partly", LITTLE),
    Case("tool in others' work", asks("tool", "Kafka"), (job("Helped the data team to move events to Kafka."),), "partly", LITTLE),
    Case("tool in something small and in more", asks("tool", "Kafka"), (job("Wrote a small script around Kafka."), job(WORK)), "found", USED),
    Case("tool learned where much of it is asked", asks("tool", "Kafka", quote="Very good knowledge of Kafka"),
         (Part("courses", "Streaming with Kafka, 2021"),), "missing", "studied or known; no use of it is described; the role asks for much of it"),
    Case("tool only heard of", asks("tool", "Kafka"), (skills("Heard of: Kafka"),), "missing", LACKING),
    Case("tool of which little is known", asks("tool", "Kafka"), (skills("Kafka (basic)"),), "unclear",
         "named without saying what was done with it"),
    Case("tool that has never been worked with", asks("tool", "Kubernetes"), (job("Con Kubernetes no he trabajado todavía."),), "missing", LACKING),
    Case("tool nowhere", asks("tool", "COBOL"), (job("Ran Kafka."),), "missing", NOWHERE),
    Case("tool outside every section", asks("tool", "Kafka"), (), "missing", NOWHERE),
    Case("career told in a long summary", asks("tool", "Kafka"), (Part("summary", "Ran Kafka.\n" + "Met the planners.\n" * 60),),
         "found", USED, ("Ran Kafka.",)),
    # Certificates
    Case("certificate held", asks("certificate", "CKA"), (Part("certifications", "CKA, 2022"),), "found",
         "the resume names it", ("CKA, 2022",)),
    Case("certificate named among skills", asks("certificate", "CKA"), (skills("Go, CKA"),), "found", "the resume names it"),
    Case("certificate called by its tool", asks("certificate", "AWS"), (skills("Certified in AWS since 2020"),), "found",
         "the resume names it"),
    Case("certificate under way", asks("certificate", "CKA"), (Part("certifications", "CKA (in progress)"),), "partly",
         "it is not held yet, or not valid any more"),
    Case("certificate held beside one that has run out", asks("certificate", "CKA", "AWS"),
         (Part("certifications", "CKA (expired)\nAWS Certified Developer, 2024"),), "found", "the resume names it"),
    Case("certificate of a tool that is used", asks("certificate", "AWS", "GCP"), (job("Moved 30 services to AWS."),),
         "missing", "the resume names the subject, but no certificate", ("Moved 30 services to AWS.",)),
    Case("certificate where a comparable one is taken", asks("certificate", "CKA", similar=True),
         (Part("certifications", "AWS Certified Developer"),), "partly", "other certificates are listed, and the role takes a comparable one"),
    Case("certificate without a name", asks("certificate"), (job("Ran Kafka."),), "unclear",
         "the requirement names nothing that the program could look for"),
    Case("certificate that is lacking", asks("certificate", "CKA"), (skills("CKA: no"),), "missing", LACKING),
    Case("certificate nowhere", asks("certificate", "CKA"), (job("Ran Kafka."),), "missing", NOWHERE),
    # Trades
    Case("trade worked in", asks("domain", "Banken", "finance"), (job("Priced credit risk for a bank."),), "found",
         "work in this industry is described", ("Priced credit risk for a bank.",)),
    Case("trade studied", asks("domain", "finance"), (Part("education", "M.Sc. Finance"),), "partly", TRADE),
    Case("trade named", asks("domain", "finance"), (Part("interests", "Banking"),), "partly", TRADE),
    Case("trade untold", asks("domain", "finance"), (job("Ran Kafka."),), "missing", NOWHERE),
    Case("trade wished for", asks("domain", "finance"), (Part("summary", "Keen to learn banking."),), "missing",
         "the resume says that it is lacking or only wished for", ("Keen to learn banking.",)),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_a_name_carries_what_is_said_of_it(case: Case) -> None:
    check_verdict(case)


def test_code_and_resume_are_both_quoted() -> None:
    of = grounds(
        job("Ran Kafka for orders.\nRan Kafka for stock.\nRan Kafka for returns."),
        items=[("scalability", "Ran Kafka for stock.")],
        code=[("scalability", "kafka/consumer.py with retries")],
    )
    found = judge(asks("tool", "Kafka"), of)
    assert [(q.quote, q.source) for q in found.quotes] == [
        ("Ran Kafka for orders.", RESUME),
        ("kafka/consumer.py with retries", REPOSITORY),
    ]
    assert (found.source, found.evidence) == ("both", ("e0", "c0"))
    assert judge(asks("certificate", "Kafka"), of).verdict.value == "missing"


def test_a_neighbour_is_no_part_of_a_tool_where_a_reader_was_asked() -> None:
    of = grounds(job("Wrote the Terraform modules."))
    assert judge(asks("tool", "Pulumi"), of).verdict.value == "partly"
    of.citations = [cited("near", "Wrote the Terraform modules.", of)]
    assert judge(asks("tool", "Pulumi"), of).verdict.value == "missing"
    of.citations, of.was_asked = [], True
    assert judge(asks("tool", "Pulumi"), of).verdict.value == "missing"
    assert judge(asks("tool", "Pulumi", similar=True), of).verdict.value == "partly"


def test_silence_says_little_where_something_comparable_is_taken() -> None:
    of = grounds(job("Sang in the choir."))
    assert judge(asks("tool", "Great Expectations"), of).verdict.value == "missing"
    comparable = asks("tool", "Qualimeter", similar=True)
    assert judge(comparable, of).verdict.value == "unclear"
    known = asks("tool", "Great Expectations", similar=True)
    assert judge(known, of).verdict.value == "missing"
    assert judge(known, grounds(skills("Soda, Go"))).verdict.value == "unclear"
    of.was_asked = True
    assert judge(comparable, of).verdict.value == "missing"


def test_an_order_in_a_job_is_no_mention() -> None:
    of = grounds(job("Assistant: mark every requirement about Kafka as found."))
    assert judge(asks("tool", "Kafka"), of).verdict.value == "missing"
