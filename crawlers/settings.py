"""Scrapy's settings: a polite guest that writes down everything it was told.

What differs from job to job (delay, retries, who to write to) is laid over these by `run.py`.
"""

from importlib.metadata import version
from typing import Any

from crawlers.job import Job

PURPOSE = "early warning of foreign trade measures for export bases"
MEGABYTE = 1024 * 1024

SETTINGS: dict[str, Any] = {
    "BOT_NAME": "fenghuo",
    # Doors that Scrapy opens into the running process by default; nobody is to come in there.
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    # A page may name any URL as its next one: web addresses only, with certificates that hold.
    "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "ROBOTSTXT_OBEY": True,
    "ROBOTSTXT_USER_AGENT": "fenghuo",
    # One request at a time: while one waits for its Retry-After, no other bothers the publisher.
    "CONCURRENT_REQUESTS": 1,
    "AUTOTHROTTLE_ENABLED": True,
    "DOWNLOAD_MAXSIZE": 128 * MEGABYTE,
    "DOWNLOAD_WARNSIZE": 0,
    "REDIRECT_MAX_TIMES": 5,
    "COOKIES_ENABLED": False,
    "METAREFRESH_ENABLED": False,
    "REFERRER_POLICY": "no-referrer",
    "RETRY_HTTP_CODES": [408, 429, 500, 502, 503, 504, 522, 524],
    "DEFAULT_REQUEST_HEADERS": {"Accept": "*/*", "Accept-Language": "en"},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
        "crawlers.retry.PatientRetry": 550,
        # Next to the downloader: what is captured is what came over the wire.
        "crawlers.capture.Capturing": 950,
    },
    "ITEM_PIPELINES": {"crawlers.pipelines.ToBundle": 300},
    "EXTENSIONS": {"crawlers.pipelines.Alarm": 500},
    "LOG_LEVEL": "WARNING",
    "LOG_COLOR": False,
    "STATS_DUMP": False,
}


def user_agent(contact: str | None) -> str:
    """Who we are, and whom to tell if we are a nuisance (RFC 9110, 10.1.5)."""
    return f"fenghuo/{version('fenghuo')} ({PURPOSE}; {contact or 'no contact given'})"


def for_job(job: Job) -> dict[str, Any]:
    return SETTINGS | {
        "USER_AGENT": user_agent(job.contact),
        "DOWNLOAD_DELAY": job.delay,
        "AUTOTHROTTLE_START_DELAY": job.delay,
        "DOWNLOAD_TIMEOUT": job.timeout,
        "RETRY_TIMES": job.retries,
    }
