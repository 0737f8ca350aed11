"""The commands: a few lines each; what they do lives in the rooms of the package."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import os
import sys

import click

# The pipeline's matrices are small: a second thread only waits for the first, and on a busy machine costs tenfold. Read
# by numpy when it is first imported, so it must be said before.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from ascribe import __version__, saying
from ascribe.errors import ArticleError, AscribeError
from ascribe.limits import DEFAULT, Limits

INTERRUPTED = 130
"""The exit code of what was stopped from the keyboard, as shells have it."""


class Day(click.ParamType):
    """A day as ISO 8601 writes it."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: object, ctx: object) -> dt.date:
        try:
            return dt.datetime.strptime(str(value), "%Y-%m-%d").date()
        except ValueError:
            self.fail(f"{value!r} is not a day: write year, month and day as 2024-02-29")


class Folder(click.ParamType):
    """A folder to write to. An empty name, such as an unset variable gives, is not the present folder."""

    name = "DIR"

    def convert(self, value: object, param: object, ctx: object) -> str:
        if not str(value).strip():
            self.fail("the name of the folder is empty; a dot (.) is the present folder")
        return str(value)


class Pair(click.ParamType):
    """Two words, NAME=VALUE."""

    name = "NAME=VALUE"

    def convert(self, value: object, param: object, ctx: object) -> tuple[str, str]:
        left, mark, right = str(value).partition("=")
        if not (mark and left.strip() and right):
            self.fail(f"{value!r} is no pair: write text=Body")
        return left.strip(), right


class Commands(click.Group):
    """A group whose commands say what went wrong in one line, without a traceback, and exit with the error's code."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AscribeError as e:
            saying.say_all(f"ascribe: {e}")
            ctx.exit(e.exit_code)
        except KeyboardInterrupt:
            saying.say("ascribe: stopped")
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # `| head` has seen enough
            nothing_more_to_write()
            ctx.exit(0)

    def main(self, *arguments: object, **options: object) -> object:
        try:
            return super().main(*arguments, **options)
        except OSError as e:  # of a file each room says it better: this is an output that nobody takes, a full disk
            saying.say(f"ascribe: {e.filename or 'the output'}: {e.strerror or e}")
            nothing_more_to_write()
            sys.exit(1)


def nothing_more_to_write() -> None:
    """Keep what is left of the output from being written once more, in vain, when the process ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ascribe")
def main() -> None:
    """Who said how many: claims, figures and sources of news articles, with the exact words."""


@main.command(short_help="Extract claims, figures and sources from articles.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", required=True, type=Folder(), metavar="LEDGER", help="Folder for the four tables.")
@click.option(
    "--format",
    type=click.Choice(["parquet", "jsonl", "csv", "dataset"]),
    help="What the tables are written as.  [default: parquet]",
)
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Extract in N processes, into a data set.")
@click.option("--column", multiple=True, type=Pair(), metavar="NAME=COLUMN", help="Which column of a table holds what.")
@click.option("--add", is_flag=True, help="Keep what the data set holds and INPUT does not name.")
@click.option("--published", type=Day(), metavar="YYYY-MM-DD", help="Day of publication where an article gives none.")
@click.option("--parties", metavar="CSV", help="Your own table of who is who, laid over the package's.")
@click.option("--corrections", multiple=True, metavar="FILE", help="People's decisions, carried out; again for more.")
@click.option("--pipeline", metavar="NAME", help="Another spaCy pipeline, with Universal Dependencies labels.")
@click.option(
    "--longest",
    type=click.IntRange(min=1),
    default=DEFAULT.longest,
    show_default=True,
    metavar="N",
    help="Characters that one article may have.",
)
@click.option(
    "--limit",
    type=click.FloatRange(min=0.001),
    default=DEFAULT.seconds,
    show_default=True,
    metavar="SECONDS",
    help="How long one article may take a processor.",
)
def extract(  # noqa: PLR0913 - the options of a command
    inputs: tuple[str, ...],
    out: str,
    format: str | None,
    jobs: int | None,
    column: tuple[tuple[str, str], ...],
    add: bool,
    published: dt.date | None,
    parties: str | None,
    corrections: tuple[str, ...],
    pipeline: str | None,
    longest: int,
    limit: float,
) -> None:
    """Extract claims, figures and sources from INPUT (files, folders or globs) into the tables of LEDGER.

    \b
    ascribe extract my-articles --out ledger
    ascribe extract "2031-05/*.html" report.pdf --out ledger --format csv

    An address, or a feed (RSS, Atom; a file or its address), is fetched, as the site's robots.txt allows, and kept in
    LEDGER-pages as a web archive. Without one, nothing asks for the network.

    \b
    ascribe extract https://courier.example/mine feed.xml --out ledger
    ascribe extract ledger-pages --out ledger      the same again, offline

    Very many articles: with --jobs the ledger is a data set, which may be stopped at any moment and taken up again by
    the same command; articles that it holds already are not extracted again.

    
    ascribe extract archive.jsonl --out ledger --jobs 8

    What cannot be read, is too long or takes too long is named and skipped; the exit code is then 1.
    """
    from ascribe.articles import tables

    limits = Limits(longest, limit)
    click.get_current_context().with_resource(tables.named(dict(column)))
    if jobs or add or format == "dataset":
        from ascribe.archive import Options, commands

        commands.refuse(format, corrections)
        commands.extract(inputs, out, Options(jobs or 1, add, published, parties, pipeline, limits))
        return
    from ascribe.articles import fetching, read
    from ascribe.extraction import extract_all
    from ascribe.findings import grouped
    from ascribe.language.pipeline import load
    from ascribe.ledger import Ledger
    from ascribe.ledger import corrections as people
    from ascribe.progress import progress

    decisions = people.read(corrections)  # what is wrong with them is said before the work, not after
    failed: list[ArticleError] = []

    def on_error(error: ArticleError) -> None:
        failed.append(error)
        saying.say(f"ascribe: {error}")

    def on_note(note: str) -> None:
        saying.say(f"ascribe: note: {note}")

    inputs = fetching.fetched(inputs, out, on_error=on_error, on_note=on_note, limits=limits)
    articles = read(inputs, published=published, on_error=on_error, on_note=on_note, limits=limits)
    found = extract_all(articles, nlp=load(pipeline), on_error=on_error, limits=limits)
    done = itertools.count()
    try:
        ledger = Ledger.from_extractions((e for e in progress(found, "articles") if next(done) >= 0), parties)
    except KeyboardInterrupt:
        saying.say(f"ascribe: stopped; {next(done):,} articles were extracted, nothing was written")
        raise click.exceptions.Exit(INTERRUPTED) from None
    if failed and ledger.documents.empty:
        raise AscribeError("no article could be read; nothing was written")
    if decisions:
        ledger = ledger.corrected(decisions)
        for note in people.notes(ledger.decisions):
            saying.say(f"ascribe: {note}")
        saying.give(f"corrections: {people.summary(ledger.decisions)}")
    grouped(ledger).save(out, format or "parquet")
    unread = f"; {len(failed)} input{'s' * (len(failed) != 1)} could not be read" if failed else ""
    saying.give(f"{ledger}{unread} -> {out}")
    if failed:
        raise click.exceptions.Exit(1)


@main.command(short_help="Review a ledger in a spreadsheet, and take over what was decided.")
@click.argument("ledger", metavar="LEDGER")
@click.option("--to", metavar="FILE", help="Write figures and claims to a spreadsheet, .xlsx or .csv.")
@click.option("--from", "back", metavar="FILE", help="Take over the decisions of a spreadsheet.")
@click.option(
    "--corrections", default="corrections.jsonl", show_default=True, metavar="FILE", help="Keeps the decisions."
)
@click.option("--reviewer", metavar="NAME", help="Who decides.  [default: the user of this machine]")
@click.option("--order", default="important", show_default=True, help="important, confidence or text.")
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="Only N figures and N claims, drawn at random.")
@click.option("--seed", default=0, show_default=True, metavar="N", help="Which random sample.")
@click.option("--gold", type=Folder(), metavar="DIR", help="Write what was decided as gold of the evaluation's form.")
@click.option("--compare", metavar="FILE", help="Another reviewer's decisions, to be compared with --corrections.")
@click.option("--settled", metavar="FILE", help="With --compare: write what both agree on.")
def review(**options: object) -> None:
    """Review the figures and claims of LEDGER, a folder that `ascribe extract` wrote, in a spreadsheet.

    \b
    ascribe review ledger --to review.xlsx
    ascribe review ledger --from review.xlsx --reviewer Ana
    ascribe review ledger --compare eva.jsonl

    What was not touched in the spreadsheet says nothing. In JupyterLab: `from ascribe import review`.
    """
    from ascribe.reviewing import commands

    commands.review(**options)


@main.command(short_help="Read a ledger on a local page.")
@click.argument("ledger", metavar="LEDGER")
@click.option("--to", metavar="FILE", help="Write the page to a file instead of serving it.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default="any that is free", metavar="N")
@click.option("--corrections", multiple=True, metavar="FILE", help="People's decisions, carried out; again for more.")
def view(ledger: str, to: str | None, port: int, corrections: tuple[str, ...]) -> None:
    """Read LEDGER on a page of this machine: search, filter, and from a figure to its words. It changes nothing.

    \b
    ascribe view ledger
    ascribe view ledger --to ledger.html

    Only this machine can see the page (127.0.0.1), and no request leaves it.
    """
    from ascribe.reviewing import commands

    commands.view(ledger, to, port, corrections)


@main.command(short_help="Say why a figure reads as it does.")
@click.argument("where", metavar="INPUT")
@click.argument("figure", required=False, metavar="[FIGURE]")
@click.option("--nth", type=click.IntRange(min=1), default=1, show_default=True, metavar="N", help="Which, of several.")
@click.option("--published", type=Day(), metavar="YYYY-MM-DD", help="Day of publication where an article gives none.")
def explain(where: str, figure: str | None, nth: int, published: dt.date | None) -> None:
    """Say for each cell of a figure which rule decided it, or what the network found likely, and where to change it.

    \b
    ascribe explain ledger figure_94a1c0de       a figure of a ledger, by its id or the beginning of it
    ascribe explain my-article.md "1,204"        by its words
    ascribe explain "Nine died, a medic said." Nine
    ascribe explain my-article.md                all figures with their ids

    INPUT is an article, a ledger's folder, or a sentence. A number that is taken for no figure is explained, too.
    """
    from ascribe.explaining import commands

    commands.explain(where, figure, nth, published)


@main.command(short_help="Write a workbook, pictures, cards of figures.")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--to", default="xlsx", show_default=True, metavar="FORMATS", help="xlsx, charts, cards, or several.")
@click.option("--out", required=True, type=Folder(), metavar="DIR", help="Folder for the files.")
@click.option("--category", metavar="NAME", help="Only figures of this category: killed, losses …")
@click.option("--of", metavar="PARTY", help="Only those that count this party's people or things.")
@click.option("--by", metavar="NAME", help="Only those that this source stands behind.")
@click.option("--at", metavar="PLACE", help="Only those of this place.")
@click.option("--in", metavar="PERIOD", help="Only those for a year, a month, a day: 2031, 2031-03, 2031-03-14.")
def export(inputs: tuple[str, ...], to: str, out: str, **words: str | None) -> None:
    """Write what a desk takes along, of articles or of a folder that `ascribe extract` wrote.

    \b
    ascribe export ledger --to xlsx --out desk
    ascribe export my-articles --to charts,cards --category killed --in 2031-05 --out desk

    xlsx: the whole ledger as one workbook. charts: SVG, PNG for print and for social networks, the numbers as CSV, and
    an HTML file that can be clicked. cards: each figure with its words, as HTML to embed. No file asks for anything.
    """
    from ascribe.exploring import commands

    commands.export(inputs, to, out, words)


@main.command(short_help="Lay out a project of your own.")
@click.argument("folder", type=Folder(), metavar="FOLDER")
def new(folder: str) -> None:
    """Lay out a project of your own in FOLDER: articles, notebooks, reports with their recipes, and the CI workflow.

    \b
    ascribe new my-desk
    ascribe build --folder my-desk/reports

    It holds an example, so that the reports can be made at once.
    """
    from ascribe.publishing import commands

    commands.new(folder)


@main.command(short_help="Run a notebook with parameters; write HTML and PDF.")
@click.argument("notebook")
@click.option("-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; again for more.")
@click.option("--to", default="html,pdf", show_default=True, metavar="FORMATS", help="html, pdf or both.")
@click.option("--out", type=Folder(), metavar="DIR", help="Folder for the files.  [default: reports/NOTEBOOK'S NAME]")
@click.option("--fonts", multiple=True, metavar="DIR", help="A folder of fonts for the PDF; again for more.")
@click.option("--limit", default=600.0, show_default=True, metavar="SECONDS", help="How long a cell may take.")
def report(
    notebook: str, given: tuple[str, ...], to: str, out: str | None, fonts: tuple[str, ...], limit: float
) -> None:
    """Run NOTEBOOK, a path or a name, with parameters; write it executed, as HTML and as PDF.

    \b
    ascribe report article -p article=mine.md --out mine
    ascribe report notebooks/my-own.ipynb -p name=value

    By its name, a notebook is looked for in notebooks/, then among those that come with Ascribe.

    A list is given by naming the parameter again. Where one does not fit, those that the notebook takes are listed.
    """
    from ascribe.publishing import commands
    from ascribe.publishing.build.options import ReportOptions

    formats = [part.strip() for part in to.split(",") if part.strip()]
    commands.report(notebook, given, out, ReportOptions(formats=formats, fonts=fonts, limit=limit))


@main.command(short_help="Make the reports that are out of date.")
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--folder", default="reports", show_default=True, metavar="DIR", help="Where reports are described.")
@click.option(
    "--jobs", type=click.IntRange(min=1), default=2, show_default=True, metavar="N", help="Reports made at once."
)
@click.option("--force", is_flag=True, help="Make reports that are up to date, too.")
@click.option("--check", is_flag=True, help="Write nothing; fail where committed tables are out of date.")
@click.option("--changes", metavar="FILE", help="With --check, say what is out of date in FILE, as Markdown.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first report that fails.")
@click.option("--fonts", multiple=True, metavar="DIR", help="A folder of fonts for the PDF; again for more.")
@click.option("--limit", default=600.0, show_default=True, metavar="SECONDS", help="How long a cell may take.")
def build(reports: tuple[str, ...], changes: str | None, **options: object) -> None:
    """Make the reports described in reports/*.yml, where something they are made from has changed.

    \b
    ascribe build                  all that are out of date
    ascribe build casualties       one of them
    ascribe build --check          for CI: is what is committed what the articles give?

    A report that fails keeps its last good files. The exit code is 1 where one failed or, with --check, is out of date.
    """
    from ascribe.publishing import commands
    from ascribe.publishing.build.options import BuildOptions

    commands.build(reports, BuildOptions(**options), changes)


@main.command(short_help="Say what is there, what is missing, and what brings it.")
def doctor() -> None:
    """Look over this installation: packages, models, notebooks, JupyterLab, a sentence read from end to end.

    The exit code is 1 where something is missing that everything needs.
    """
    from ascribe import doctor as room

    if code := room.tell():
        raise click.exceptions.Exit(code)


@main.command(short_help="Print a script that completes commands in your shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print a script that completes commands, options and their values in SHELL.

    \b
    bash   ascribe completion bash > ~/.local/share/bash-completion/completions/ascribe
    zsh    ascribe completion zsh > "${fpath[1]}/_ascribe"
    fish   ascribe completion fish > ~/.config/fish/completions/ascribe.fish
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    saying.give_all(made(main, {}, "ascribe", "_ASCRIBE_COMPLETE").source())
