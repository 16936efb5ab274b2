// What to do about a refusal: the portal's code as its page has it, or what the status means here.

import { call } from "/inspector/api.js";
import { element } from "/inspector/dom.js";

let known = null;

/** The portal's codes, with text, action and page. */
export async function codes() {
  known ??= call("GET", "/_sandbox/codes");
  return known;
}

// The first that fits is said.
const RULES = [
  [(entry) => entry.failure, "You planned this failure: see the controls. The call itself may be quite right."],
  [(entry) => entry.validation === "answer", "This is a fault of the sandbox's, not yours. Please report it, with the operation and the rule."],
  [(entry) => entry.validation === "request", "The request breaks the specification. Compare the named field with the operation's schema; the clients check this before they send."],
  [(entry) => entry.operation === "login" && entry.status === 401, "The login was refused. Compare client id and secret with the folder's .env; with an assertion look at sub, aud, exp, jti and the signing certificate."],
  [(entry) => entry.operation === "login", "The login's form is not as the guide has it: grant_type, client_id, and client_secret or client_assertion, form-encoded."],
  [(entry) => entry.operation === "exchange", "The exchange was refused. It takes a direct token that has not run out, and the id of a profile that your certificate's SERIALNUMBER takes part in."],
  [(entry) => entry.status === 401, "The token is missing, unknown or has run out. Tokens last 300 seconds: get a new one, or let a credential do it."],
  [(entry) => entry.status === 403, "This caller may not do this: look at the token's kind (direct or delegated), the certificate, and the relation to the case."],
  [(entry) => entry.status === 404, "Nothing has this path or id, or the caller may not see it. Ids are forgotten by a reset."],
  [(entry) => entry.status === 413, "The body is too large for the portal. Send a smaller file."],
  [(entry) => entry.status === 415, "The Content-Type is not what the operation takes, or the body is compressed."],
  [(entry) => entry.status === 429, "The client id sent too many calls. Wait as long as Retry-After says, or lift the rate limit in the controls."],
  [(entry) => entry.status === 501, "The sandbox can't do this yet."],
  [(entry) => entry.status >= 500, "The sandbox failed. Its log has the place; please report it."],
  [(entry) => entry.status >= 400, "The portal refused the request; the answer's body says why."],
];

/** What to do about what came of a call; nothing where it went well. */
export async function advice(entry) {
  const found = entry.code ? (await codes())[entry.code] : undefined;
  if (found) {
    return element("aside", { class: "advice" },
      element("p", { class: "quote", lang: "da" }, found.text),
      element("p", {}, found.explanation),
      element("p", {}, element("strong", {}, "What to do: "), found.action),
      element("p", {}, element("a", { href: found.url, target: "_blank", rel: "noreferrer noopener" }, `All about ${entry.code}`), element("span", { class: "sub" }, " (documentation, needs a network)")));
  }
  const rule = entry.status < 400 && !entry.failure ? undefined : RULES.find(([fits]) => fits(entry));
  return rule ? element("aside", { class: "advice" }, element("p", {}, element("strong", {}, "What to do: "), rule[1])) : "";
}
