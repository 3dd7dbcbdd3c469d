// Half-typed work: what is typed into a form that says so (parts/draft.html) is sent to be kept when
// typing pauses, and when a field or the page is left. While the server cannot be reached it stays in this
// browser, under the person's own mark, and is sent when the line is back.
"use strict";
(() => {
  const script = document.currentScript;
  const { owner, save, gone } = script.dataset;
  const PAUSE = 2000;
  const AGAIN = 15000;
  const STALE = 30 * 24 * 3600 * 1000;
  const APART = new Set(["csrfmiddlewaretoken", "draft_key", "draft_of"]);
  const MARK = "fenghuo-draft";
  const SPLIT = "\u001f";

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
  const name = (of, key) => [MARK, owner, of, key].join(SPLIT);

  // What the browser refuses to keep (no room, a private window) is still sent to the server.
  const store = {
    put(of, key, fields) {
      try {
        localStorage.setItem(name(of, key), JSON.stringify({ at: Date.now(), fields }));
      } catch { return false; }
      return true;
    },
    drop(of, key) { try { localStorage.removeItem(name(of, key)); } catch { /* as above */ } },
    all() {
      const found = [];
      try {
        for (const each of Object.keys(localStorage)) {
          const [mark, whose, of, key] = each.split(SPLIT);
          if (mark !== MARK) continue;
          const kept = JSON.parse(localStorage.getItem(each));
          if (Date.now() - kept.at > STALE) localStorage.removeItem(each);
          else if (whose === owner) found.push({ of, key, ...kept });
        }
      } catch { return found; }
      return found.sort((one, other) => other.at - one.at);
    },
  };

  const send = async (of, key, fields, { leaving = false } = {}) => {
    const body = new URLSearchParams([...fields, ["draft_of", of], ["draft_key", key],
      ["csrfmiddlewaretoken", token()]]);
    const answer = await fetch(save, { method: "POST", body, redirect: "manual",
      keepalive: leaving && String(body).length < 60000 });
    return answer.status;
  };

  const values = (form) => [...new FormData(form)].filter(([field, value]) =>
    typeof value === "string" && !APART.has(field)
    && form.elements[field]?.type !== "password");
  // Marks of the page (a version, who was seen) are not what somebody typed.
  const seen = (form, fields) => fields.filter(([field]) =>
    form.elements[field]?.type !== "hidden");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  // As the server keeps them: by name, in no order of names.
  const byName = (fields) => [...new Map(fields.map(([field]) =>
    [field, fields.filter(([each]) => each === field).map(([, value]) => value)]))].sort();

  const fill = (form, fields) => {
    for (const field of form.elements) {
      if (!field.name || APART.has(field.name)) continue;
      const mine = fields.filter(([each]) => each === field.name).map(([, value]) => value);
      if (field.type === "radio" || field.type === "checkbox") {
        field.checked = mine.includes(field.value);
      } else if (field.multiple && field.options) {
        for (const option of field.options) option.selected = mine.includes(option.value);
      } else if (mine.length && field.type !== "file") {
        field.value = mine[0];
      }
    }
  };

  const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang,
    { hour: "2-digit", minute: "2-digit" });
  const moment = (at) => new Date(at).toLocaleString(document.documentElement.lang,
    { dateStyle: "medium", timeStyle: "short" });

  const watch = (part) => {
    const form = document.getElementById(part.dataset.form);
    if (!form) return;
    const of = part.dataset.draft;
    const said = part.querySelector("[role=status]");
    const hidden = part.querySelector("input[name=draft_key][form]");
    let dirty = false;
    let waiting = 0;
    let sent = values(form);

    const keep = async (leaving) => {
      clearTimeout(waiting);
      if (!dirty) return;
      const fields = values(form);
      const key = hidden.value;
      let status = 0;
      try { status = await send(of, key, fields, { leaving }); } catch { status = 0; }
      if (status === 204) {
        sent = fields;
        dirty = !same(fields, values(form));
        if (!dirty) store.drop(of, key);
        said.textContent = `${part.dataset.kept} ${clock(Date.now())}`;
      } else if (status === 413) {
        said.textContent = part.dataset.much;
      } else {
        said.textContent = part.dataset.away;
        waiting = setTimeout(keep, AGAIN);
      }
    };

    const typed = () => {
      const fields = values(form);
      if (same(fields, sent)) return;
      dirty = true;
      store.put(of, hidden.value, fields);
      clearTimeout(waiting);
      waiting = setTimeout(keep, PAUSE);
    };

    form.addEventListener("input", typed);
    form.addEventListener("change", () => { typed(); keep(false); });
    // Until the server has said that it is handed in, what is sent may be lost on the way.
    form.addEventListener("submit", () => {
      clearTimeout(waiting);
      dirty = false;
      store.put(of, hidden.value, values(form));
    });
    addEventListener("online", () => keep(false));
    addEventListener("pagehide", () => keep(true));
    offerLocal(part, form, of, hidden, (fields) => { sent = []; fill(form, fields); typed(); });
  };

  // What was sent as the page was left may have come to the server with nobody left to hear of it.
  const arrived = (part, kept) => [...part.querySelectorAll("[data-key]")].some((each) =>
    each.dataset.key === kept.key
    && same(byName(kept.fields), Object.entries(JSON.parse(each.dataset.fields)).sort()));

  const offerLocal = (part, form, of, hidden, take) => {
    const box = part.querySelector("[data-local]");
    const kept = store.all().find((each) => each.of === of);
    if (!kept) return;
    const open = kept.key === hidden.value && same(seen(form, kept.fields), seen(form, values(form)));
    if (open || arrived(part, kept)) {
      store.drop(of, kept.key);
      return;
    }
    const shown = values(form).map(([, value]) => value);
    const texts = seen(form, kept.fields).map(([, value]) => value).filter((value) => !shown.includes(value));
    const longest = texts.reduce((one, other) => (other.length > one.length ? other : one), "");
    box.querySelector("[data-when]").textContent = moment(kept.at);
    box.querySelector("[data-glimpse]").textContent = longest.slice(0, 160);
    box.hidden = false;
    box.querySelector("[data-take]").addEventListener("click", () => {
      hidden.value = kept.key;
      take(kept.fields);
      box.hidden = true;
      form.querySelector("textarea, input:not([type=hidden])")?.focus();
    });
    box.querySelector("[data-throw]").addEventListener("click", async () => {
      store.drop(of, kept.key);
      box.hidden = true;
      const body = new URLSearchParams({ draft_key: kept.key,
        csrfmiddlewaretoken: token(), page: location.pathname });
      try { await fetch(gone, { method: "POST", body, redirect: "manual" }); } catch { /* none there */ }
    });
  };

  // What was handed in is needed no more.
  const done = document.cookie.split("; ").find((each) => each.startsWith("draft_done="));
  if (done) {
    const key = decodeURIComponent(done.slice("draft_done=".length));
    for (const kept of store.all()) if (kept.key === key) store.drop(kept.of, kept.key);
    document.cookie = "draft_done=; Max-Age=0; Path=/; SameSite=Lax";
  }

  const parts = [...document.querySelectorAll("[data-draft]")];
  const here = new Set(parts.map((part) => part.dataset.draft));
  for (const part of parts) watch(part);
  const hand = async () => {
    for (const kept of store.all()) {
      if (here.has(kept.of)) continue;
      let status = 0;
      try { status = await send(kept.of, kept.key, kept.fields); } catch { return; }
      if (status === 204) store.drop(kept.of, kept.key);
    }
  };
  hand();
  addEventListener("online", hand);
})();
