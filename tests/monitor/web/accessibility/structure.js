// What a page has against it that axe does not ask for, as sentences.
({ language }) => {
  const said = [];
  const all = (selector) => [...document.querySelectorAll(selector)];
  for (const each of all("details")) each.open = true;
  if (document.documentElement.lang !== language)
    said.push(`the page says that it is in ${document.documentElement.lang || "no language"}`);
  if (all("h1").length !== 1) said.push(`${all("h1").length} headings of the first level`);
  const levels = all("h1, h2, h3, h4, h5, h6").map((each) => +each.tagName[1]);
  if (levels.some((level, at) => level > (at ? levels[at - 1] : 0) + 1))
    said.push(`a level of headings is left out: ${levels}`);
  if (!document.title.trim()) said.push("no title");
  if (all("main").length !== 1) said.push(`${all("main").length} elements main`);
  const ids = all("[id]").map((each) => each.id);
  for (const id of new Set(ids.filter((each, at) => ids.indexOf(each) !== at)))
    said.push(`the identifier ${id} stands twice`);
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  if (wide > 0) {
    const widest = all("body *").filter((each) => {
      const box = each.getBoundingClientRect();
      return box.right > window.innerWidth + 1 && box.width && !each.closest(".scroll, .skip");
    }).pop();
    said.push(`wider than the window: ${widest ? widest.outerHTML.slice(0, 160) : "?"}`);
  }
  return said;
}
