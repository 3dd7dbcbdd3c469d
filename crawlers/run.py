"""One crawl of one source, in a process of its own: `python -m crawlers.run`.

Reads a `Job` as JSON from stdin, writes its `Report` as JSON to stdout. A process of its own,
because Twisted's reactor runs once, and because a crawl may then be killed at any moment:

- before the bundle appears: what was fetched lies in its `.part` folder, and the next crawl goes
  on from there (`session.Journal`);
- between the bundle and the state: the next crawl brings some notices again, which changes nothing.
"""

import sys

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from crawlers import memory
from crawlers.job import Job, Report
from crawlers.session import Session
from crawlers.settings import for_job
from crawlers.spiders import spider


def crawl(job: Job) -> Report:
    """Crawl. May be called once in a process. Raises `KeyError` for a source without a spider."""
    folder = job.state / job.source
    found = spider(job.source)
    with memory.alone(folder) as mine:
        if not mine:
            return Report(outcome="busy")
        session = Session(job, memory.load(folder))
        with session.writer:
            with session.warc:
                process = AsyncCrawlerProcess(Settings(for_job(job)))
                process.crawl(found, session=session)
                process.start()
            return _end(session)


def _end(session: Session) -> Report:
    """Publish what is whole; what is not waits, as fetched, for the next crawl.

    A bundle without rows, or with too many that could not be read, is published as evidence; but
    the days that it covers do not count as crawled.
    """
    if session.trouble():
        return session.report(None)
    bundle = session.publish()
    report = session.report(bundle)
    if report.outcome == "ok":
        memory.save(session.job.state / session.job.source, session.learned())
    session.journal.forget()
    return report


def main() -> None:
    report = crawl(Job.model_validate_json(sys.stdin.buffer.read()))
    sys.stdout.write(report.model_dump_json() + "\n")


if __name__ == "__main__":
    main()
