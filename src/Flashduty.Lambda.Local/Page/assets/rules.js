// Edit a rules file: checked while typing, tried on the alerts that are here, applied, downloaded.
import { api } from "./api.js";
import { debounce, el, replace, said, visible } from "./dom.js";
import { t } from "./i18n.js";

const fileNames = { routes: "routes.json", titles: "alerts.json" };
const drafts = {};

export async function show(main, file) {
  replace(main);
  const current = await api.rules(file);
  const editor = el("textarea.code", { spellcheck: false, rows: 26, value: drafts[file] ?? current.text, dir: "ltr", "aria-label": fileNames[file],
    "aria-describedby": "verdict", oninput: () => { drafts[file] = editor.value; check(); }, onkeydown: indent });
  const apply = el("button.primary", { type: "button", onclick: save }, t("apply"));
  const verdict = el("section.pane.result", { id: "verdict", role: "status" });
  replace(main, el("section.form.wide", null,
    el("h1", null, t(file + "Title")), el("p.quiet", null, t(file + "Help")),
    el("div.controls", null, apply,
      el("button", { type: "button", onclick: download }, t("download")),
      el("button", { type: "button", onclick: () => { editor.value = drafts[file] = current.example; check(); } }, t("example")),
      current.channels?.length > 0 && el("span.quiet", null, `${t("channels")}: `,
        current.channels.map((name, i) => [i > 0 && ", ", el("span.channel", null, visible(name))]))),
    el("div.split", null, editor, verdict)));
  const check = debounce(run, 200);
  run();

  async function run() {
    const text = editor.value;
    const result = await api.checkRules(file, text);
    if (text !== editor.value) return;
    apply.disabled = result.errors.length > 0;
    replace(verdict, result.errors.length > 0 ? errors(result.errors) : changes(result, text));
  }

  async function save() {
    try {
      await api.applyRules(file, editor.value);
      delete drafts[file];
      replace(verdict, el("p.ok", null, t("applied")));
    } catch (error) {
      replace(verdict, errors(error.message.split("\n")));
    }
  }

  function download() {
    const url = URL.createObjectURL(new Blob([editor.value], { type: "application/json" }));
    const link = el("a", { href: url, download: fileNames[file] });
    link.click();
    URL.revokeObjectURL(url);
  }
}

// Tab leaves the editor, as everywhere; Ctrl+] indents.
function indent(event) {
  if (event.key === "]" && event.ctrlKey) {
    document.execCommand("insertText", false, "  ");
    event.preventDefault();
  }
}

const errors = list => [
  el("h2", null, list.length === 1 ? t("errorOne") : t("errors", { count: list.length })),
  el("ul.errors", null, list.map(error => el("li", null, said(error)))),
];

function changes(result, text) {
  return [
    el("h2", null, t("noErrors")),
    text.trim() === "" && el("p.quiet", null, t("empty")),
    el("p", null, result.changeCount === 0 ? t("changeNone", result) : t("changes", { count: result.changeCount, examined: result.examined })),
    el("ol.changes", null, result.changes.map(change => el("li", null,
      el("a", { href: `#/alerts/${change.id}` }, visible(change.title)),
      el("p", null, el("span.quiet", null, `${t("before")} `), el("del", null, visible(change.before)),
        el("span.quiet", null, ` ${t("after")} `), el("ins", null, visible(change.after)))))),
  ];
}
