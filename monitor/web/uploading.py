"""Files that come with a form.

No address takes one unless it says so: of any other, what is sent as a file is passed over. One
that does reads nothing before it is known that whoever sends may put something there; the bytes go
straight to where they will lie, summed and counted as they come, and what is not kept is thrown
away however the request ends.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from monitor.cases.files.packages import Refused
from monitor.cases.files.storing import Part

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
Asks = Callable[Concatenate[HttpRequest, P], None]
FIELD = "file"


class Refusing(FileUploadHandler):
    """Takes none."""

    def new_file(self, *_args: Any, **_kwargs: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Is not called."""

    def file_complete(self, file_size: int) -> None:
        """Is not called."""


class Receiving(FileUploadHandler):
    """Takes one, in the field `FIELD`, up to `settings.FENGHUO_LARGEST_UPLOAD`."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.part: Part | None = None
        self.too_large = False

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name != FIELD or self.part is not None:
            raise SkipFile
        self.part = Part()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.part is None:
            raise SkipFile
        if start + len(raw_data) > settings.FENGHUO_LARGEST_UPLOAD:
            self.too_large = True
            raise StopUpload(connection_reset=True)
        self.part.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        """Called once what follows the file has come too: one that was cut off is none."""
        if self.part is None:
            return None
        whole: Any = self.part
        return UploadedFile(whole, self.file_name, self.content_type, file_size)

    def discard(self) -> None:
        if self.part is not None:
            self.part.discard()


def takes_a_file(asks: Asks[P]) -> Callable[[View[P]], View[P]]:
    """The view takes a file. `asks` is called before anything of it is read, and raises Http404
    where whoever sends it may not."""

    def decorated(view: View[P]) -> View[P]:
        # The token stands in the body, which is not to be read before `asks`.
        protected = csrf_protect(view)

        @wraps(view)
        def asked(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            asks(request, *args, **kwargs)
            receiving = Receiving(request)
            request.upload_handlers = [receiving]
            try:
                return protected(request, *args, **kwargs)
            finally:
                receiving.discard()

        return csrf_exempt(asked)

    return decorated


def received(request: HttpRequest) -> tuple[str, Part]:
    """(name, bytes) of what came. Raises `Refused`: `too_large`, or `missing` where there is none,
    or it was cut off."""
    receiving = next(each for each in request.upload_handlers if isinstance(each, Receiving))
    if receiving.too_large:
        raise Refused("too_large")
    if receiving.part is None or FIELD not in request.FILES:
        raise Refused("missing")
    return str(receiving.file_name), receiving.part
