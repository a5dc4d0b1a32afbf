// Elements from plain values. Text is only ever text: nothing here parses markup.

/** @param {string} selector "tag.class.class" */
export function el(selector, attributes, ...children) {
  const [tag, ...classes] = selector.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || (name in element && typeof value !== "string")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

// Control and formatting characters: escapes, and marks that reorder what stands around them. The joiner is part of emoji.
const invisible = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** An event's text, with characters that nobody can see as escapes. */
export const visible = text => String(text).replace(invisible, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));

/** An event's text, which cannot reorder the text around it. */
export const said = (text, selector = "bdi") => el(selector, null, visible(text));

export const replace = (root, ...children) => root.replaceChildren(...children.flat(Infinity).filter(Boolean));

export function announce(text) {
  document.getElementById("announce").textContent = text;
}

export function debounce(action, ms) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), ms);
  };
}
