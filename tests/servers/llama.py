"""llama.cpp's own HTTP server on a tiny model with random weights, made here: nothing is downloaded.

    python -m tests.servers.llama MODEL.gguf PORT [CONTEXT]

serves until it is killed. The model has one token a byte and writes nonsense, which the server's grammar
forces into the schema; one constant hidden value makes the output matrix a bias for each token, so that
strings and lists end soon.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

import gguf
import numpy
import xllamacpp

WIDTH, HEADS, DEEP, CONTEXT = 64, 2, 128, 65_536
_BYTES = 3  # before the bytes: unknown, begin, end; after them the space


def make_model(path: Path, *, seed: int = 2026) -> None:
    """Write the model, about half a megabyte."""
    chance = numpy.random.default_rng(seed)
    size = _BYTES + 256 + 1
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(DEEP)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(size)
    kind = gguf.TokenType
    writer.add_tokenizer_model("llama")
    writer.add_token_list(["<unk>", "<s>", "</s>", *(f"<0x{n:02X}>" for n in range(256)), "\u2581"])
    writer.add_token_scores([0.0] * size)
    writer.add_token_types(
        [kind.UNKNOWN, kind.CONTROL, kind.CONTROL, *[kind.BYTE] * 256, kind.NORMAL]
    )
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_chat_template(
        "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "
    )

    def matrix(rows: int, columns: int) -> numpy.ndarray:
        return chance.normal(0, 0.02, (rows, columns)).astype(numpy.float32)

    embedding = matrix(size, WIDTH)
    embedding[:, 0] = 1.0
    output = matrix(size, WIDTH) * 4
    for text, bias in ((b'{"', 0.9), (b"]},", 0.7), (b"abcdefghilmnoprstu ", 0.35), (b"0123456789", 0.2)):  # fmt: skip
        for byte in text:
            output[_BYTES + byte, 0] = bias
    output[2, 0] = 0.6
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", numpy.ones(WIDTH, dtype=numpy.float32))
    writer.add_tensor("output.weight", output)
    block = "blk.0."
    for name, rows, columns in (
        ("attn_q", WIDTH, WIDTH),
        ("attn_k", WIDTH, WIDTH),
        ("attn_v", WIDTH, WIDTH),
        ("attn_output", WIDTH, WIDTH),
        ("ffn_gate", DEEP, WIDTH),
        ("ffn_up", DEEP, WIDTH),
        ("ffn_down", WIDTH, DEEP),
    ):
        writer.add_tensor(f"{block}{name}.weight", matrix(rows, columns))
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"{block}{name}.weight", numpy.ones(WIDTH, dtype=numpy.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    path, port, *context = sys.argv[1:]
    parameters = xllamacpp.CommonParams()
    parameters.model.path = path
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = int(port)
    parameters.n_ctx = int(context[0]) if context else CONTEXT
    parameters.n_parallel = 1
    parameters.n_predict = -1
    # Threads that wait for each other by spinning are slow beside other tests.
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.warmup = False
    parameters.endpoint_metrics = False
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}\n")
    sys.stdout.flush()
    threading.Event().wait()


if __name__ == "__main__":
    main()
