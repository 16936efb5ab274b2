// A form for anything that the control port offers, made from what it says of itself.

import { call, namesIn, run } from "/inspector/api.js";
import { codes } from "/inspector/advice.js";
import { element, fill, guarded, json, toast } from "/inspector/dom.js";
import { fieldsOf } from "/inspector/forms.js";

const LISTED = 50;

/** Say that the portal is another one now. */
export function changed() {
  document.dispatchEvent(new Event("portal-changed"));
}

/** A command's name in words. */
export function said(name) {
  return name.replaceAll("_", " ");
}

/** Lists that fields are filled in from, by the fields' names: ids, operations, codes, callers. Put in `place`. */
export async function suggestions(place) {
  const get = (path, query) => call("GET", `/_sandbox/${path}`, query);
  const [estates, cases, info, certificates, companies, clients, profiles, known] = await Promise.all([
    get("state/doedsbojournaler", { size: LISTED }), get("state/tvangsoploesningssager", { size: LISTED }), get("info"),
    get("certificates"), get("companies"), get("clients"), get("profiles"), codes(),
  ]);
  const plain = (values) => values.map((value) => [value, ""]);
  const owners = profiles.profiles.map((one) => [one.id, one.name]);
  const values = {
    doedsbojournalId: estates.entries.map((one) => [one.id, one.title]),
    sagId: cases.entries.map((one) => [one.id, one.title]),
    operation: plain(["*", "login", "exchange", ...info.operations]),
    code: Object.entries(known).map(([code, one]) => [code, one.text]),
    certificate: certificates.certificates.map((one) => [one.name, one.certificate]),
    company: plain(companies.companies),
    cvrNummer: plain(companies.companies),
    client: plain(clients.clients),
    profile: owners,
    likvidatorId: owners,
  };
  const lists = {};
  fill(place, Object.entries(values).map(([name, options]) => {
    lists[name] = `list-${name}`;
    return element("datalist", { id: lists[name] }, options.map(([value, label]) => element("option", { value }, label)));
  }));
  return lists;
}

/** The form of something offered; `given` are values for its path's names. */
export function commandForm(one, { lists, given = [], say = "Do it", summary = true }) {
  const path = fieldsOf(
    { required: namesIn(one.path), properties: Object.fromEntries(namesIn(one.path).map((name) => [name, { type: "string" }])) },
    { lists },
  );
  const body = fieldsOf(one.schema, { lists });
  const result = element("div", { class: "result", "aria-live": "polite" });
  const form = element("form", { class: "command", "aria-label": said(one.name), on: { submit: (event) => { event.preventDefault(); guarded(send); } } },
    summary ? element("p", {}, one.summary) : "", path.elements, body.elements,
    element("div", { class: "buttons" }, element("button", { type: "submit", class: "main" }, say)), result);
  namesIn(one.path).slice(0, given.length).forEach((name, at) => { form.elements.namedItem(name).value = given[at]; });

  async function send() {
    try {
      const answer = await run(one, { ...path.read(), body: body.read() });
      fill(result, Object.keys(answer).length ? json(answer) : "");
      toast(`Done: ${said(one.name)}`);
    } catch (error) {
      fill(result, element("p", { class: "problem", role: "alert" }, error.message));
    }
    changed();
  }
  return form;
}
