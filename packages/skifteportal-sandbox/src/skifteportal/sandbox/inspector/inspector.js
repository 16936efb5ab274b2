// The inspector: which view is shown, the portal's clock at the top, and what arrives by itself.

import { call, follow, learn } from "/inspector/api.js";
import { showControls } from "/inspector/controls.js";
import { showCourt } from "/inspector/court.js";
import { fill, element, guarded } from "/inspector/dom.js";
import { journal, showRequests } from "/inspector/requests.js";
import { showCases, showEstates } from "/inspector/records.js";

const VIEWS = {
  requests: { show: showRequests, title: "Requests" },
  estates: { show: showEstates, title: "Estates" },
  cases: { show: showCases, title: "Cases" },
  controls: { show: showControls, title: "Controls" },
  court: { show: showCourt, title: "Court" },
};
const PAUSE = 300; // milliseconds from news until a view is fetched again, so that many come at once

const view = document.getElementById("view");
let shown = null; // what the shown view gives: `arrived(entry)` and `changed()`, where it wants to know
let waiting = 0;

async function open() {
  const [name, ...rest] = location.hash.slice(1).split("/");
  const key = name in VIEWS ? name : "requests";
  for (const link of document.querySelectorAll("#tabs a")) {
    if (link.hash === `#${key}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  document.title = `${VIEWS[key].title} – Skifteportal sandbox`;
  const page = element("div", { class: `page ${key}` });
  fill(view, page);
  shown = (await guarded(() => VIEWS[key].show(page, rest.map(decodeURIComponent)))) ?? null;
}

/** Have the view and the clock fetched again, soon. */
function changed() {
  waiting ||= setTimeout(() => {
    waiting = 0;
    guarded(async () => {
      await showTime();
      await shown?.changed?.();
    });
  }, PAUSE);
}

/** The user did something, which may have emptied the journal. */
async function taken() {
  await guarded(() => journal.load());
  changed();
}

const clock = { at: 0, seen: 0, frozen: false };

async function showTime() {
  const { time, frozen } = await call("GET", "/_sandbox/clock");
  Object.assign(clock, { at: Date.parse(time.replace(/\.(\d{3})\d*Z/, ".$1Z")), seen: performance.now(), frozen });
  const pace = document.getElementById("pace");
  pace.hidden = !clock.frozen;
  pace.textContent = clock.frozen ? "frozen" : "";
  tick();
}

function tick() {
  const at = new Date(clock.at + (clock.frozen ? 0 : performance.now() - clock.seen));
  const text = at.toISOString();
  const time = document.getElementById("time");
  time.dateTime = text;
  time.textContent = `${text.slice(0, 10)} ${text.slice(11, 19)} UTC`;
}

function online(open) {
  const live = document.getElementById("live");
  live.textContent = open ? "live" : "not connected";
  live.className = open ? "live on" : "live off";
}

await guarded(async () => {
  await learn();
  await showTime();
  await journal.load();
});
follow(
  (entry) => {
    journal.add(entry);
    shown?.arrived?.(entry);
    changed();
  },
  async (open) => {
    online(open);
    if (open) await taken();
  },
);
addEventListener("hashchange", open);
document.addEventListener("portal-changed", taken);
setInterval(tick, 500);
await open();
