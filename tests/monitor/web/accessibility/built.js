// Of what a page is built: every element with its ancestors and with what axe judges it by, each
// once. Not the words, nor where links lead.
() => {
  const told = new Set(["class", "type", "role", "scope", "lang", "hidden", "disabled", "open",
    "tabindex", "aria-current", "aria-hidden", "aria-invalid", "autocomplete"]);
  const one = (each) => each.tagName + [...each.attributes]
    .map(({ name, value }) => `[${name}${told.has(name) ? `=${value}` : ""}]`).sort().join("")
    + ([...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? "t" : "");
  const found = new Set();
  const walk = (each, above) => {
    const path = `${above}>${one(each)}`;
    found.add(path);
    for (const child of each.children) walk(child, path);
  };
  walk(document.documentElement, "");
  return [...found];
}
