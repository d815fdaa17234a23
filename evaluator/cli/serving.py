"""``serve``: pages in a browser over the run folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..environment import password_of_the_service, secret_of_webhooks
from ..errors import UsageError
from .options import reading_options, refuse_one_account_for_many, settings_from

_DEFAULT_PORT = 8765
_MANY = 2


@click.command()
@click.argument("runs_dir", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; for other machines EVALUATOR_PASSWORD must be set.")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=_DEFAULT_PORT, show_default=True, help="0 takes any free port.")  # fmt: skip
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which a reverse proxy reaches it.")  # fmt: skip
@click.option("--trust-header", metavar="NAME", help="Sign in whoever a reverse proxy names in this header; it is trusted from --proxy, or else from this machine only.")  # fmt: skip
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS", help="Address or network of that proxy.")  # fmt: skip
@click.option("--webhook-to", "webhook_to", multiple=True, metavar="ORIGIN", help="Where the server may report that a job has ended, such as https://hooks.example.com; signed with EVALUATOR_WEBHOOK_SECRET.")  # fmt: skip
@click.option("--webhook-private", is_flag=True, help="Allow --webhook-to to name hosts of the internal network.")  # fmt: skip
@reading_options
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Documents read in parallel.")  # fmt: skip
@click.option("--concurrency", type=click.IntRange(1, 256), metavar="N", help="Model calls at the same time.")  # fmt: skip
@click.option("--budget", type=click.FloatRange(min=0), metavar="USD", help="Of one upload: call the model no more once this much is spent.")  # fmt: skip
def serve(
    runs_dir: Path,
    host: str,
    port: int,
    names: tuple[str, ...],
    trust_header: str | None,
    proxies: tuple[str, ...],
    webhook_to: tuple[str, ...],
    webhook_private: bool,
    **values: Any,
) -> None:
    """Work with runs in a browser: upload, filter, search, read, compare. RUNS_DIR holds run folders, or is one.

    Options about reading are those of uploads.
    """
    try:
        # Without it forms cannot be read, which would be noticed only when the first one comes.
        import python_multipart  # noqa: F401

        from ..service.access import refuse_open_door
        from ..service.configuration import ServiceSettings, WebhookSettings, is_loopback
        from ..service.other_servers import holding
        from ..service.serving import listen
        from ..service.serving import serve as answer
    except ModuleNotFoundError as error:
        message = f"The pages need {error.name}, which is not installed."
        raise UsageError(message, hint="pip install 'resume-evaluator[serve]'.") from error
    evaluation = settings_from(values)
    refuse_one_account_for_many(evaluation, _MANY)
    settings = ServiceSettings(
        runs=runs_dir,
        host=host,
        port=port,
        names=names,
        password=password_of_the_service(),
        trust_header=trust_header,
        proxies=proxies,
        evaluation=evaluation,
        webhooks=WebhookSettings(
            to=webhook_to, private=webhook_private, secret=secret_of_webhooks()
        ),
    )
    refuse_open_door(settings)
    bound, settings = listen(settings)
    click.echo(f"{settings.address}?token={settings.token.get_secret_value()}")
    click.echo(
        "Open this address; anybody who has it can sign in. Ctrl-C stops the server.", err=True
    )
    if not is_loopback(host):
        click.echo(
            "evaluator: other machines reach this server without encryption; put a proxy with TLS before it.",
            err=True,
        )
    with holding(runs_dir, settings.address) as other:
        if other:
            click.echo(
                f"evaluator: a server already works on this folder, at {other}. This one starts beside it; stop one of them unless you want both.",
                err=True,
            )
        answer(settings, bound)
