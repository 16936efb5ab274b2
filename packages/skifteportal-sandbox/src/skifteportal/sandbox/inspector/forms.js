// Forms made from JSON Schemas: a field for each member, and the JSON that was filled in.

import { element } from "/inspector/dom.js";

let counted = 0;

/** A form's fields for an object's schema. Gives the elements, and `read()`, which returns the object or undefined if empty. */
export function fieldsOf(schema, { lists = {}, depth = 0 } = {}) {
  const required = new Set(schema.required ?? []);
  const members = Object.entries(schema.properties ?? {}).map(([name, inner]) => ({
    name, ...fieldOf(name, inner, { required: required.has(name), lists, depth }),
  }));
  return {
    elements: members.map((member) => member.shown),
    read() {
      const filled = members.map(({ name, read }) => [name, read()]).filter(([, value]) => value !== undefined);
      return filled.length ? Object.fromEntries(filled) : undefined;
    },
  };
}

function plainType(schema) {
  return Array.isArray(schema.type) ? schema.type.find((type) => type !== "null") : schema.type;
}

function fieldOf(name, schema, { required, lists, depth }) {
  const type = plainType(schema);
  if (schema.enum) return choice(name, schema, schema.enum.map((value) => [JSON.stringify(value), String(value)]), required);
  if (type === "boolean") return choice(name, schema, [["true", "yes"], ["false", "no"]], required);
  if (type === "object" && schema.properties) return group(name, schema, { required, lists, depth });
  if (type === "array" && schema.items?.enum) return several(name, schema);
  if (type === "array" && plainType(schema.items ?? {}) === "string") return lines(name, schema, required);
  if (type === "string") return text(name, schema, required, lists);
  if (type === "number" || type === "integer") return number(name, schema, type, required);
  return anything(name, schema, required);
}

function labelled(name, schema, required, input) {
  counted += 1;
  input.id = `field-${counted}`;
  input.name = name;
  input.required = required;
  return element("div", { class: "field" },
    element("label", { for: input.id }, name, required ? element("span", { class: "needed" }, " needed") : ""),
    input,
    schema.description ? element("p", { class: "sub" }, schema.description) : "");
}

function text(name, schema, required, lists) {
  const type = schema.format === "date" ? "date" : "text";
  const nullable = required && Array.isArray(schema.type) && schema.type.includes("null"); // then nothing means null
  const input = element("input", { type, autocomplete: "off", spellcheck: "false", pattern: schema.pattern ? schema.pattern.replace(/^\^|\$$/g, "") : null });
  if (lists[name]) input.setAttribute("list", lists[name]);
  return { shown: labelled(name, schema, required && !nullable, input), read: () => input.value.trim() || (nullable ? null : undefined) };
}

function number(name, schema, type, required) {
  const input = element("input", { type: "number", step: type === "integer" ? "1" : "any", min: schema.minimum, max: schema.maximum });
  return { shown: labelled(name, schema, required, input), read: () => (input.value === "" ? undefined : exact(input.value)) };
}

/** The number, digit for digit where the browser can. */
function exact(typed) {
  return JSON.rawJSON && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(typed) ? JSON.rawJSON(typed) : Number(typed);
}

function choice(name, schema, values, required) {
  const input = element("select", {}, element("option", { value: "" }, required ? "choose" : "–"), values.map(([value, shown]) => element("option", { value }, shown)));
  return { shown: labelled(name, schema, required, input), read: () => (input.value === "" ? undefined : JSON.parse(input.value)) };
}

function several(name, schema) {
  const boxes = schema.items.enum.map((value) => ({ value, box: element("input", { type: "checkbox" }) }));
  const shown = element("fieldset", { class: "several" }, element("legend", {}, name),
    boxes.map(({ value, box }) => element("label", {}, box, ` ${value}`)));
  return { shown, read: () => { const on = boxes.filter(({ box }) => box.checked).map(({ value }) => value); return on.length ? on : undefined; } };
}

function lines(name, schema, required) {
  const input = element("textarea", { rows: "2", placeholder: "one a line" });
  return {
    shown: labelled(name, schema, required, input),
    read: () => { const given = input.value.split("\n").map((line) => line.trim()).filter(Boolean); return given.length ? given : undefined; },
  };
}

function group(name, schema, { required, lists, depth }) {
  const inner = fieldsOf(required ? schema : { ...schema, required: [] }, { lists, depth: depth + 1 });
  const shown = required
    ? element("fieldset", {}, element("legend", {}, name), inner.elements)
    : element("details", { class: "group" }, element("summary", {}, name), inner.elements);
  return { shown, read: inner.read };
}

function anything(name, schema, required) {
  const input = element("textarea", { rows: "3", placeholder: "JSON", class: "mono", spellcheck: "false" });
  return {
    shown: labelled(name, schema, required, input),
    read() {
      if (!input.value.trim()) return undefined;
      try {
        return JSON.parse(input.value);
      } catch {
        throw new Error(`${name}: this is not JSON`);
      }
    },
  };
}
