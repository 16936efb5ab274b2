// Controls: everything that the user may do to the portal from outside its APIs.

import { call, offer, offers, run } from "/inspector/api.js";
import { changed, commandForm, said, suggestions } from "/inspector/commands.js";
import { button, element, fill, toast } from "/inspector/dom.js";

const STEPS = [["+ 1 hour", "1h"], ["+ 1 day", "1d"], ["+ 1 week", "1w"], ["+ 8 weeks", "8w"]];
const OWN = /^\/_sandbox\/(reset|clock)/; // these have cards of their own
const GROUPS = [
  ["Make calls fail", /^\/_sandbox\/(failures|limit)/, "The next calls of an operation are refused, late, cut off or answered with nonsense, or there are too many of them."],
  ["Identities", /^\/_sandbox\/(certificates|companies|clients|tokens)/, "Whose certificates, client ids and tokens the portal takes."],
  ["Play the profile owner", /^\/_sandbox\/profiles/, "Who may act for a liquidator (adgangsprofil), and in which cases."],
  ["State and journal", /./, "What the portal remembers, and what is kept of each call."],
];

/** Show the controls. */
export async function showControls(page) {
  const datalists = element("div");
  const plans = element("section", { class: "card", "aria-label": "In force" });
  fill(page, element("div", { class: "bar" }, element("h2", {}, "Controls")),
    element("div", { class: "cards" }, clock(), reset(), plans), datalists);
  const lists = await suggestions(datalists);
  let left = offers("sandbox").filter((one) => one.method !== "GET" && !OWN.test(one.path));
  for (const [title, fits, text] of GROUPS) {
    const here = left.filter((one) => fits.test(one.path));
    left = left.filter((one) => !fits.test(one.path));
    if (here.length === 0) continue;
    page.append(element("section", { class: "group-of-controls" }, element("h3", {}, title), element("p", { class: "sub" }, text),
      here.map((one) => element("details", { class: "control", "data-name": one.name },
        element("summary", {}, element("span", { class: "name" }, said(one.name)), element("span", { class: "sub" }, one.summary)),
        commandForm(one, { lists, summary: false })))));
  }
  await inForce(plans);
  return { changed: () => inForce(plans) };
}

async function inForce(place) {
  const info = await call("GET", "/_sandbox/info");
  const plans = info.failures.map(({ operation, ...how }) => element("li", {}, element("strong", {}, operation), ` ${Object.entries(how).map(([name, value]) => `${name} ${value}`).join(", ")}`));
  fill(place, element("h3", {}, "In force"),
    element("ul", { class: "plain" },
      plans.length ? plans : element("li", { class: "sub" }, "No failure is planned."),
      element("li", { class: info.limit ? "" : "sub" }, info.limit ? `Rate limit ${info.limit}` : "No rate limit."),
      element("li", { class: info.keep_bodies ? "" : "sub" }, info.keep_bodies ? "Bodies are kept in the journal." : "Bodies are not kept in the journal.")));
}

function clock() {
  const move = (name, body) => async () => {
    const shown = await run(offer(name), { body });
    toast(`The portal's time is ${shown.time.slice(0, 19).replace("T", " ")}${shown.frozen ? ", and stands still" : ""}`);
    changed();
  };
  const day = element("input", { type: "date", "aria-label": "The portal's date" });
  return element("section", { class: "card", "aria-label": "Clock" },
    element("h3", {}, "Clock"),
    element("p", { class: "sub" }, "Deadlines, tokens and rate limits go by it."),
    element("div", { class: "buttons" }, button("Freeze", move("freeze")), button("Run on", move("run")), button("Machine's time", move("release"))),
    element("div", { class: "buttons" }, STEPS.map(([text, by]) => button(text, move("advance", { by })))),
    element("div", { class: "buttons" }, day, button("Set the date", () => {
      if (!day.value) throw new Error("Choose a date first");
      return move("set", { at: day.value })();
    })));
}

function reset() {
  return element("section", { class: "card", "aria-label": "Reset" },
    element("h3", {}, "Reset"),
    element("p", { class: "sub" }, "All that was filed, planned and revoked is forgotten; the portal is as it was started. Tokens stay good."),
    element("div", { class: "buttons" }, button("Reset the portal", async () => {
      await run(offer("reset"));
      toast("The portal is as it was started");
      changed();
    }, { class: "main" })));
}
