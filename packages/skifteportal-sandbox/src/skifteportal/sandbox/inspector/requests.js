// Requests: every call of the portal, newest first, with who called and what came of it.

import { advice } from "/inspector/advice.js";
import { call } from "/inspector/api.js";
import { button, element, facts, fill, json, moment } from "/inspector/dom.js";

const KEPT = 1000; // as many as the sandbox keeps
const SHOWN = 200; // rows at a time
const OUTCOMES = {
  "": ["All outcomes", () => true],
  good: ["Answered", (entry) => entry.status < 400],
  refused: ["Refused", (entry) => entry.status >= 400],
  invalid: ["Breaks the specification", (entry) => entry.validation === "request" || entry.validation === "answer"],
  failed: ["Failed as planned", (entry) => entry.failure !== ""],
};

/** The calls that are known here, oldest first. */
export const journal = {
  entries: [],
  meanwhile: [], // what arrived while they were fetched

  /** Fetch them anew. */
  async load() {
    this.meanwhile = [];
    this.entries = (await call("GET", "/_sandbox/journal")).entries;
    this.meanwhile.forEach((entry) => this.add(entry));
    return true;
  },

  /** Take one in. */
  add(entry) {
    this.meanwhile = [...this.meanwhile.slice(-KEPT), entry];
    if (this.entries.some((one) => one.number === entry.number)) return;
    this.entries.push(entry);
    this.entries.splice(0, Math.max(this.entries.length - KEPT, 0));
  },
};

const filter = { text: "", outcome: "" };

/** Show the view; `number` in the address opens one call. */
export async function showRequests(page, [number]) {
  const list = element("div", { class: "scroll" });
  const one = element("section", { class: "detail", "aria-label": "The chosen request", tabindex: "-1" });
  const count = element("span", { class: "count" });
  const search = element("input", {
    type: "search", id: "filter", placeholder: "Operation, code, CVR, client …", "aria-label": "Filter the requests", value: filter.text,
    on: { input: () => { filter.text = search.value; rows(); } },
  });
  const outcome = element("select", {
    "aria-label": "Outcome", on: { change: () => { filter.outcome = outcome.value; rows(); } },
  }, Object.entries(OUTCOMES).map(([key, [text]]) => element("option", { value: key, selected: key === filter.outcome }, text)));
  fill(page,
    element("div", { class: "bar" }, element("h2", {}, "Requests"), count, search, outcome),
    element("div", { class: "split" }, list, one));

  let chosen = Number(number ?? 0);
  const choose = (entry) => {
    chosen = entry.number;
    history.replaceState(null, "", `#requests/${chosen}`);
    rows();
    detail();
    one.focus({ preventScroll: true });
    one.scrollIntoView({ block: "nearest" });
  };

  function rows() {
    const found = journal.entries.filter((entry) => OUTCOMES[filter.outcome][1](entry) && matches(entry, filter.text)).reverse();
    count.textContent = found.length === journal.entries.length ? `${found.length}` : `${found.length} of ${journal.entries.length}`;
    const today = journal.entries.at(-1)?.time ?? "";
    const focused = document.activeElement?.dataset?.number;
    if (found.length === 0) {
      fill(list, element("p", { class: "empty" }, journal.entries.length ? "Nothing matches the filter." : "No requests yet. Call the sandbox, and they arrive here by themselves."));
      return;
    }
    fill(list, element("table", { class: "requests" },
      element("thead", {}, element("tr", {}, ["Time", "Operation", "Who", "Status", "Result"].map((text) => element("th", { scope: "col" }, text)))),
      element("tbody", {}, found.slice(0, SHOWN).map((entry) => row(entry, today, entry.number === chosen, choose)))),
    found.length > SHOWN ? element("p", { class: "empty" }, `The newest ${SHOWN} are shown; the filter finds the others.`) : "");
    if (focused) list.querySelector(`[data-number="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }

  async function detail() {
    const entry = journal.entries.find((known) => known.number === chosen);
    if (entry) fill(one, await described(entry));
    else fill(one, element("p", { class: "empty" }, "Choose a request to see who sent it, what came of it, and what to do about it."));
    one.classList.toggle("open", Boolean(entry));
  }

  let drawing = 0;
  const draw = () => { drawing ||= requestAnimationFrame(() => { drawing = 0; rows(); }); }; // once a frame, however many arrive

  rows();
  await detail();
  return { arrived: draw, changed: draw };
}

function matches(entry, text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return true;
  return [entry.operation, entry.api, entry.path, entry.code, entry.field, entry.company, entry.client, entry.kind, entry.certificate, entry.request_id, entry.status]
    .some((value) => String(value).toLowerCase().includes(wanted));
}

function row(entry, today, chosen, choose) {
  const open = element("button", { type: "button", class: "pick", "data-number": entry.number, "aria-pressed": chosen ? "true" : "false" }, entry.operation);
  return element("tr", { class: `row ${chosen ? "chosen" : ""}`, on: { click: () => choose(entry) } },
    element("td", { class: "when" }, element("time", { datetime: entry.time }, moment(entry.time, today))),
    element("td", { class: "what" }, element("span", { class: "method" }, entry.method), open, element("span", { class: "sub" }, entry.path || entry.api || entry.role)),
    element("td", { class: "who" }, entry.company || "–", element("span", { class: "sub" }, [entry.kind, entry.client].filter(Boolean).join(" · "))),
    element("td", { class: "status" }, element("span", { class: `chip ${tone(entry.status)}` }, entry.status || "cut")),
    element("td", { class: "result" }, verdict(entry), entry.failure ? element("span", { class: "sub" }, `planned: ${entry.failure}`) : ""));
}

function tone(status) {
  if (status === 0 || status >= 500) return "bad";
  return status >= 400 ? "warn" : "good";
}

function verdict(entry) {
  if (entry.code) return element("code", {}, entry.code);
  if (entry.validation === "request") return element("span", { class: "warn" }, `breaks the specification: ${entry.field || entry.rule}`);
  if (entry.validation === "answer") return element("span", { class: "bad" }, "the sandbox broke the specification");
  return entry.validation === "passed" ? "valid" : "–";
}

const VALIDATION = {
  passed: "the request keeps to the specification",
  request: "the request breaks the specification",
  answer: "the sandbox's answer breaks the specification: a fault of the sandbox's",
  "": "not judged",
};

async function described(entry) {
  const close = button("Close", () => { location.hash = "#requests"; }, { class: "close" });
  return [
    element("div", { class: "bar" }, element("h3", {}, `${entry.method} ${entry.operation}`), element("span", { class: `chip ${tone(entry.status)}` }, entry.status || "cut"), close),
    await advice(entry),
    facts([
      ["Number", entry.number],
      ["Portal time", entry.time],
      ["Took", `${entry.milliseconds} ms`],
      ["Host", entry.role],
      ["API", entry.api],
      ["Path", entry.path],
      ["Company (CVR)", entry.company],
      ["Certificate", entry.certificate],
      ["Client id", entry.client],
      ["Token", entry.kind],
      ["Profile", entry.profile],
      ["Validation", VALIDATION[entry.validation]],
      ["Rule", entry.rule],
      ["Field", entry.field],
      ["Code", entry.code],
      ["Planned failure", entry.failure],
      ["Request id", entry.request_id],
      ["Body", `${entry.received} bytes received, ${entry.sent} bytes sent`],
    ]),
    entry.request_body ? [element("h4", {}, "Request"), json(entry.request_body, "Body of the request")] : [],
    entry.answer_body ? [element("h4", {}, "Answer"), json(entry.answer_body, "Body of the answer")] : [],
    entry.role === "api" && !entry.request_body && !entry.answer_body
      ? element("p", { class: "sub" }, "No body was kept. ", element("a", { href: "#controls" }, "Controls"), " can have them kept from now on.") : [],
  ].flat();
}
