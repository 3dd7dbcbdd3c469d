// Sends the form by which the reader goes on with what takes several goes. Without this script the
// form's own button does.
document.querySelector("form[data-go-on]")?.requestSubmit();
