// JSON as it was written, token by token, with members marked. Text that is not JSON is shown as it is.
import { el, visible } from "./dom.js";
import { t } from "./i18n.js";

const token = /\s*("(?:[^"\\]|\\.)*"|[-+.\w]+|[{}[\],:])/gy;
const maxTokens = 20000;

/** @param uses what members are used for, each with its JSON Pointer */
export function jsonView(text, uses) {
  const byPointer = new Map(uses.map(use => [use.pointer, use]));
  const lines = parse(text, byPointer);
  return lines ? el("pre.json", { dir: "ltr" }, lines) : el("pre.json.raw", { dir: "auto" }, visible(text));
}

function parse(text, uses) {
  token.lastIndex = 0;
  let count = 0;
  let peeked = null;
  const peek = () => (peeked ??= next());
  const take = () => { const value = peek(); peeked = null; return value; };
  function next() {
    if (++count > maxTokens) throw new RangeError();
    const match = token.exec(text);
    if (!match) throw new SyntaxError();
    return match[1];
  }

  function value(pointer, indent, out) {
    const first = take();
    if (first === "{" || first === "[") {
      block(first, pointer, indent, out);
    } else {
      out.push(scalar(first, pointer));
    }
  }

  function block(open, pointer, indent, out) {
    const close = open === "{" ? "}" : "]";
    out.push(open);
    for (let i = 0; peek() !== close; i++) {
      if (i > 0 && take() !== ",") throw new SyntaxError();
      out.push("\n" + "  ".repeat(indent + 1));
      let name = String(i);
      if (open === "{") {
        const raw = take();
        name = JSON.parse(raw);
        out.push(el("span.name", null, visible(raw)), ": ");
        if (take() !== ":") throw new SyntaxError();
      }
      value(`${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, indent + 1, out);
      if (peek() !== close) out.push(",");
    }
    take();
    out.push((out.at(-1) === open ? "" : "\n" + "  ".repeat(indent)) + close);
  }

  function scalar(raw, pointer) {
    const kind = raw[0] === '"' ? "string" : /^[-\d]/.test(raw) ? "number" : "literal";
    const use = uses.get(pointer);
    if (!use) return el("span." + kind, null, visible(raw));
    const classes = [use.inTitle && "title", use.inKey && "key", use.labels.length > 0 && "label"].filter(Boolean);
    const why = [
      use.inTitle && t("markTitle"), use.inDescription && t("markDescription"), use.inKey && t("markKey"),
      use.labels.length > 0 && `${t("markLabel")}: ${use.labels.join(", ")}`,
    ].filter(Boolean).join("; ");
    return el(["mark", kind, ...classes].join("."), { title: why, "data-pointer": pointer }, visible(raw));
  }

  try {
    const out = [];
    value("", 0, out);
    return text.slice(token.lastIndex).trim() === "" ? out : null;
  } catch {
    return null;
  }
}
