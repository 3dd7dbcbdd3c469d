// Whatever the Tab key reaches: it shows that it has the focus, and can be seen. Runs after a Tab,
// so that the browser shows the focus as for somebody at the keyboard.
() => {
  const said = [];
  const first = document.activeElement;
  // Where nothing stands before the content there is nothing to skip: the page of an error of ours.
  if (document.querySelector("header") && !first.matches(".skip")) said.push(`Tab leads first to ${first.outerHTML.slice(0, 120)}`);
  const reached = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']");
  for (const each of reached) {
    if (each.disabled || !each.checkVisibility()) continue;
    const told = each.outerHTML.slice(0, 120);
    each.focus();
    if (document.activeElement !== each) { said.push(`cannot have the focus: ${told}`); continue; }
    const style = getComputedStyle(each);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2)
      said.push(`does not show the focus: ${told}`);
    const box = each.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right < 0)
      said.push(`has the focus and cannot be seen: ${told}`);
  }
  return said;
}
