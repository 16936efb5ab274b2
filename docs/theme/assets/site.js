// A cell knows its column's name, and a table of many columns is read row by row on a phone: site.css.
const name = () => {
  for (const table of document.querySelectorAll(".md-typeset__table > table")) {
    const names = [...table.querySelectorAll("thead th")].map((head) => head.textContent);
    for (const row of table.tBodies[0]?.rows ?? []) {
      [...row.cells].forEach((cell, column) => { cell.dataset.name = names[column]; });
    }
    if (names.length > 4) table.parentElement.classList.add("stacked", "named");
  }
};

// What is wider than its place can be scrolled by keyboard, as Material's code can, and shows that there is more.
const reach = () => {
  for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-content p:has(> img[src$='.svg'])")) {
    box.toggleAttribute("tabindex", box.scrollWidth > box.clientWidth);
    if (box.hasAttribute("tabindex")) box.tabIndex = 0;
    box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 1);
  }
};
addEventListener("load", name);
addEventListener("load", reach); // after Material has put the tables into their boxes
addEventListener("resize", reach);
addEventListener("scroll", reach, { capture: true, passive: true });

// Escape closes the menu of a phone.
addEventListener("keydown", (event) => {
  const drawer = document.querySelector("#__drawer");
  if (event.key === "Escape" && drawer?.checked) drawer.click();
});
