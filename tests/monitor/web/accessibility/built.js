// Of what a page is built: every element with its ancestors and with what axe judges it by, each
// once, as a number (FNV-1a over what stands above and the element itself). Not the words, nor
// where links lead. As one text: a list of numbers would be taken over one by one.
() => {
  const told = new Set(["class", "type", "role", "scope", "lang", "hidden", "disabled", "open",
    "tabindex", "aria-current", "aria-hidden", "aria-invalid", "autocomplete"]);
  const one = (each) => each.tagName + [...each.attributes]
    .map(({ name, value }) => `[${name}${told.has(name) ? `=${value}` : ""}]`).sort().join("")
    + ([...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim()) ? "t" : "");
  const found = new Set();
  const walk = (each, above) => {
    let sum = above;
    for (const letter of one(each)) sum = Math.imul(sum ^ letter.codePointAt(0), 0x01000193) >>> 0;
    found.add(sum);
    for (const child of each.children) walk(child, sum);
  };
  walk(document.documentElement, 0x811c9dc5);
  return [...found].join(" ");
}
