// Elements, made of names and texts alone: a text never becomes markup.

/** Make an element. Options: attributes, `on` with listeners, `class`; children are elements or texts. */
export function element(name, options = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(options)) {
    if (key === "on") {
      for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    } else if (value === true) {
      made.setAttribute(key, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, String(value));
    }
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Replace what is in an element. */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
}

/** A button that does something, and says so if it fails. */
export function button(text, act, options = {}) {
  return element("button", { type: "button", ...options, on: { click: () => guarded(act) } }, text);
}

/** A list of terms with what they are; those without a value are left out. */
export function facts(pairs) {
  const shown = pairs.filter(([, value]) => value !== "" && value !== null && value !== undefined);
  return element("dl", { class: "facts" },
    shown.map(([term, value]) => [element("dt", {}, term), element("dd", {}, value instanceof Node ? value : String(value))]).flat());
}

/** JSON, indented, as it is. */
export function json(value, label = "JSON") {
  return element("pre", { class: "json", tabindex: "0", role: "group", "aria-label": label },
    typeof value === "string" ? indented(value) : JSON.stringify(value, null, 2));
}

function indented(text) {
  // Numbers stay digit for digit, so the text is not read as JSON, only broken into lines.
  let depth = 0;
  let quoted = false;
  let result = "";
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      result += sign;
      if (sign === "\\") { at += 1; result += text[at] ?? ""; }
      else if (sign === '"') quoted = false;
    } else if (sign === '"') { quoted = true; result += sign; }
    else if (sign === "{" || sign === "[") { depth += 1; result += `${sign}\n${"  ".repeat(depth)}`; }
    else if (sign === "}" || sign === "]") { depth -= 1; result += `\n${"  ".repeat(Math.max(depth, 0))}${sign}`; }
    else if (sign === ",") result += `,\n${"  ".repeat(Math.max(depth, 0))}`;
    else if (sign === ":") result += ": ";
    else if (!/\s/.test(sign)) result += sign;
  }
  return result;
}

/** Say something for a few seconds. */
export function toast(text, kind = "good") {
  const shown = element("p", { class: `toast ${kind}` }, text);
  document.getElementById("toasts").append(shown);
  setTimeout(() => shown.remove(), kind === "bad" ? 12000 : 5000);
}

/** Do something; a failure is said. */
export async function guarded(act) {
  try {
    return await act();
  } catch (error) {
    toast(error.message, "bad");
    return undefined;
  }
}

/** A moment of the portal's, short: the day only if it is another one than `beside`. */
export function moment(text, beside = "") {
  const [day, time] = text.split("T");
  const short = (time ?? "").slice(0, 8);
  return day === beside.slice(0, 10) ? short : `${day} ${short}`;
}
