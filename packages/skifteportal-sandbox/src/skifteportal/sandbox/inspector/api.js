// The control port: what it offers, calls of it, and what it tells by itself.

let offered = new Map();

/** Learn what the control port offers; returns what the sandbox is. */
export async function learn() {
  const info = await call("GET", "/_sandbox/info");
  offered = new Map(info.paths.map((one) => [`${one.path.startsWith("/court/") ? "court" : "sandbox"} ${one.name}`, one]));
  return info;
}

/** Everything offered, or the court's acts or the sandbox's commands alone. */
export function offers(side) {
  return [...offered.entries()].filter(([key]) => key.startsWith(`${side} `)).map(([, one]) => one);
}

/** What is offered under a name, or undefined. */
export function offer(name, side = "sandbox") {
  return offered.get(`${side} ${name}`);
}

/** Call a path; an error has the port's own message. */
export async function call(method, path, body = {}) {
  const options = { method, headers: {} };
  let target = path;
  if (method === "GET") {
    const query = new URLSearchParams(body).toString();
    if (query) target += `?${query}`;
  } else {
    options.headers["Content-Type"] = "application/json";
    options.body = typeof body === "string" ? body : JSON.stringify(body);
  }
  let answer;
  try {
    answer = await fetch(target, options);
  } catch {
    throw new Error("The sandbox does not answer. Is it still running?");
  }
  const said = JSON.parse(await answer.text(), exact);
  if (!answer.ok) {
    const error = new Error([said.code, said.field, said.message].filter(Boolean).join(": "));
    Object.assign(error, { code: said.code, field: said.field });
    throw error;
  }
  return said;
}

/** Keep numbers digit for digit where the browser can: 1.10 kr. is not 1.1 kr. */
function exact(_name, value, context) {
  const kept = typeof value === "number" && JSON.rawJSON && context?.source && context.source !== String(value);
  return kept ? JSON.rawJSON(context.source) : value;
}

/** Do what is offered under a name; names in braces in its path are taken out of `values`. */
export function run(one, values = {}) {
  const path = one.path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(values[name]));
  return call(one.method, path, values.body ?? {});
}

/** The names in braces in a path. */
export function namesIn(path) {
  return [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
}

/** Be told of every call as it is answered. `told` gets an entry, `state` whether the line is open. */
export function follow(told, state) {
  const source = new EventSource("/_sandbox/journal/live");
  source.addEventListener("open", () => state(true));
  source.addEventListener("error", () => state(false));
  source.addEventListener("message", (event) => told(JSON.parse(event.data)));
  return source;
}
