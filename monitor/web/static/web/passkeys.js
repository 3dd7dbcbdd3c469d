// Passkeys: asks the server what is wanted, lets the browser make or use a key, and sends what comes
// of it with the form. Where the browser knows no passkeys, the forms stay hidden.
"use strict";
(() => {
  const bytes = (text) => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));

  const make = (wish) => navigator.credentials.create({ publicKey: {
    ...wish, challenge: bytes(wish.challenge), user: { ...wish.user, id: bytes(wish.user.id) },
    excludeCredentials: keys(wish.excludeCredentials) } });
  const use = (wish) => navigator.credentials.get({ publicKey: {
    ...wish, challenge: bytes(wish.challenge), allowCredentials: keys(wish.allowCredentials) } });

  const written = (key) => {
    const response = {};
    for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature",
      "userHandle"]) {
      if (key.response[part]) response[part] = text(key.response[part]);
    }
    return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response,
      clientExtensionResults: key.getClientExtensionResults() });
  };

  const ask = async (form) => {
    const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
    const said = await answer.json();
    if (!answer.ok) throw new Error(said.error || form.dataset.failed);
    return said;
  };

  const send = async (event) => {
    event.preventDefault();
    const form = event.target;
    const told = form.querySelector("[role=alert]");
    told.textContent = "";
    try {
      const wish = await ask(form);
      const key = await (form.dataset.passkey === "make" ? make(wish) : use(wish));
      form.elements.credential.value = written(key);
      if (form.elements.password) form.elements.password.disabled = true;
      form.submit();
    } catch (error) {
      told.textContent = error instanceof DOMException ? form.dataset.failed : error.message;
    }
  };

  if (!window.PublicKeyCredential || !window.isSecureContext) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.closest("[hidden]").hidden = false;
    form.addEventListener("submit", send);
  }
})();
