// Controls: everything that the user may do to the portal from outside its APIs.

import { call, offer, offers } from "/inspector/api.js";
import { changed, commandForm, suggestions } from "/inspector/commands.js";
import { button, element, fill, toast } from "/inspector/dom.js";

const STEPS = [["+ 1 hour", "1h"], ["+ 1 day", "1d"], ["+ 1 week", "1w"], ["+ 8 weeks", "8w"]];
const OWN = new Set(["reset", "clock"]); // these have cards of their own
const GROUPS = [
  ["Make calls fail", /^(fail|limit)/i, "The next calls of an operation are refused, late, cut off or answered with nonsense, or there are too many of them."],
  ["Identities", /(revoke|register|client|certificate|token)/i, "Certificates and clients that the portal no longer takes, or takes again."],
  ["Play the profile owner", /(profile|owner|invite|participa)/i, "Who may act for a liquidator (adgangsprofil)."],
  ["State and journal", /./, "What the portal remembers, and what the inspector keeps of each call."],
];

/** Show the controls. */
export async function showControls(page) {
  const datalists = element("div");
  fill(page, element("div", { class: "bar" }, element("h2", {}, "Controls")), element("div", { class: "cards" }, clock(), reset()), datalists);
  const lists = await suggestions(datalists);
  const left = new Set(offers("sandbox").filter((one) => one.method !== "GET" && !OWN.has(one.name)));
  for (const [title, fits, text] of GROUPS) {
    const here = [...left].filter((one) => fits.test(one.name));
    here.forEach((one) => left.delete(one));
    if (here.length === 0) continue;
    page.append(element("section", { class: "group-of-controls" }, element("h3", {}, title), element("p", { class: "sub" }, text),
      here.map((one) => element("details", { class: "control" },
        element("summary", {}, element("span", { class: "name" }, one.name), element("span", { class: "sub" }, one.summary)),
        commandForm(one, { lists })))));
  }
  return {};
}

function clock() {
  const move = (body) => async () => {
    const said = await call("POST", offer("clock").path, body);
    toast(`The portal's time is ${said.time}`);
    changed();
  };
  const day = element("input", { type: "date", "aria-label": "Set the portal's date" });
  return element("section", { class: "card", "aria-label": "Clock" },
    element("h3", {}, "Clock"),
    element("p", { class: "sub" }, "Deadlines, tokens and rate limits go by it."),
    element("div", { class: "buttons" }, button("Freeze", move({ freeze: true })), button("Run on", move({ run: true })), button("This machine's time", move({ release: true }))),
    element("div", { class: "buttons" }, STEPS.map(([text, by]) => button(text, move({ advance: by })))),
    element("div", { class: "buttons" }, day, button("Set the date", () => {
      if (!day.value) throw new Error("Choose a date first");
      return move({ set: day.value })();
    })));
}

function reset() {
  return element("section", { class: "card", "aria-label": "Reset" },
    element("h3", {}, "Reset"),
    element("p", { class: "sub" }, "All that was filed is forgotten; the portal is as it was started. Tokens stay good."),
    element("div", { class: "buttons" }, button("Reset the portal", async () => {
      await call("POST", offer("reset").path);
      toast("The portal is as it was started");
      changed();
    }, { class: "main danger" })));
}
