// A form for anything that the control port offers, made from what it says of itself.

import { call, namesIn, run } from "/inspector/api.js";
import { codes } from "/inspector/advice.js";
import { element, fill, guarded, json, toast } from "/inspector/dom.js";
import { fieldsOf } from "/inspector/forms.js";
import { journal } from "/inspector/requests.js";

const LISTED = 50;

/** Say that the portal is another one now. */
export function changed() {
  document.dispatchEvent(new Event("portal-changed"));
}

/** Lists that fields are filled in from, by the fields' names: ids, operations, codes, callers. Put in `place`. */
export async function suggestions(place) {
  const [estates, cases, known, info] = await Promise.all([
    call("GET", "/_sandbox/state/doedsbojournaler", { size: LISTED }),
    call("GET", "/_sandbox/state/tvangsoploesningssager", { size: LISTED }),
    codes(),
    call("GET", "/_sandbox/info"),
  ]);
  const calls = journal.entries;
  const values = {
    doedsbojournalId: estates.entries.map((one) => [one.id, one.title]),
    sagId: cases.entries.map((one) => [one.id, one.title]),
    operation: [...new Set(["*", "login", "exchange", ...info.operations])].map((one) => [one, ""]),
    code: Object.entries(known).map(([code, one]) => [code, one.text]),
    client: [...new Set(calls.map((one) => one.client))].filter(Boolean).map((one) => [one, ""]),
    clientId: [...new Set(calls.map((one) => one.client))].filter(Boolean).map((one) => [one, ""]),
    certificate: [...new Set(calls.map((one) => one.certificate))].filter(Boolean).map((one) => [one, ""]),
    cvrNummer: [...new Set(calls.map((one) => one.company))].filter(Boolean).map((one) => [one, ""]),
  };
  const lists = {};
  fill(place, Object.entries(values).map(([name, options]) => {
    lists[name] = `list-${name}`;
    return element("datalist", { id: lists[name] }, options.map(([value, label]) => element("option", { value }, label)));
  }));
  return lists;
}

/** The form of something offered; `given` are values for its path's names. */
export function commandForm(one, { lists, given = [], say = "Do it" }) {
  const path = fieldsOf(
    { required: namesIn(one.path), properties: Object.fromEntries(namesIn(one.path).map((name) => [name, { type: "string" }])) },
    { lists },
  );
  const body = fieldsOf(one.schema, { lists });
  const result = element("div", { class: "result", "aria-live": "polite" });
  const form = element("form", { class: "command", "aria-label": one.name, on: { submit: (event) => { event.preventDefault(); guarded(send); } } },
    element("p", {}, one.summary), path.elements, body.elements,
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, say)), result);
  namesIn(one.path).slice(0, given.length).forEach((name, at) => { form.elements.namedItem(name).value = given[at]; });

  async function send() {
    try {
      const said = await run(one, { ...path.read(), body: body.read() });
      fill(result, Object.keys(said).length ? json(said) : "");
      toast(`${one.name}: done`);
    } catch (error) {
      fill(result, element("p", { class: "problem", role: "alert" }, error.message));
    }
    changed();
  }
  return form;
}
