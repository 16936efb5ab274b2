// A table that is wider than its place can be scrolled by keyboard; Material does the same for code.
const reach = () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap")) {
    box.toggleAttribute("tabindex", box.scrollWidth > box.clientWidth);
    if (box.hasAttribute("tabindex")) box.tabIndex = 0;
  }
};
addEventListener("load", reach);
addEventListener("resize", reach);

// Escape closes the menu of a phone.
addEventListener("keydown", (event) => {
  const drawer = document.querySelector("#__drawer");
  if (event.key === "Escape" && drawer?.checked) drawer.click();
});
