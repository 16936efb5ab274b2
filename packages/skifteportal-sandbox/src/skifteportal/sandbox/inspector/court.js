// The court: a form for each of its acts.

import { offers } from "/inspector/api.js";
import { commandForm, suggestions } from "/inspector/commands.js";
import { element, fill } from "/inspector/dom.js";

const SIDES = { "/court/doedsbojournaler": "Estates · dødsboer", "/court/tvangsoploesningssager": "Dissolution cases · tvangsopløsning" };

/** Show the court's acts; the first name in the address opens one, the second is the estate or case. */
export async function showCourt(page, [name, id]) {
  const acts = offers("court");
  const datalists = element("div");
  const place = element("section", { class: "detail open", "aria-label": "The act" });
  const menu = element("nav", { class: "menu", "aria-label": "Acts" }, Object.entries(SIDES).map(([prefix, text]) => [
    element("h3", {}, text),
    element("ul", {}, acts.filter((one) => one.path.startsWith(prefix)).map((one) => element("li", {},
      element("a", { href: `#court/${one.name}${id ? `/${encodeURIComponent(id)}` : ""}`, "aria-current": one.name === name ? "true" : null },
        element("span", { class: "name", lang: "da" }, one.name), element("span", { class: "sub" }, one.summary))))),
  ]).flat());
  fill(page,
    element("div", { class: "bar" }, element("h2", {}, "Play the court ", element("span", { class: "danish", lang: "da" }, "Skifteretten"))),
    element("div", { class: "split court" }, menu, place), datalists);
  const lists = await suggestions(datalists);
  const chosen = acts.find((one) => one.name === name);
  fill(place, chosen
    ? [element("h3", { lang: "da" }, chosen.name), commandForm(chosen, { lists, given: id ? [id] : [], say: "Let the court do it" })]
    : element("p", { class: "empty" }, "Choose what the court is to do. What comes of it is seen through the APIs, and in the cases here."));
  if (chosen) place.querySelector("input, select, textarea, button")?.focus();
  return {};
}
