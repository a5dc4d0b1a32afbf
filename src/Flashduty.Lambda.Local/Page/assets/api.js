// The interface that docs/local.md describes.

async function call(method, path, body) {
  const response = await fetch("/api" + path, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) {
    let message = text;
    try { message = JSON.parse(text).error.message; } catch { /* not the interface's own error */ }
    throw Object.assign(new Error(message || response.statusText), { status: response.status });
  }
  return text;
}

const json = async (...args) => JSON.parse((await call(...args)) || "null");

export const api = {
  alerts: (query, offset = 0) => json("GET", `/alerts?limit=200&offset=${offset}&query=${encodeURIComponent(query)}`),
  alert: id => json("GET", `/alerts/${id}`),
  clear: () => call("DELETE", "/alerts"),
  close: id => json("POST", `/alerts/${id}/close`),
  samples: () => json("GET", "/samples"),
  sample: name => call("GET", `/samples/${encodeURIComponent(name)}`),
  send: (shape, body) => json("POST", "/send", { shape, body }),
  rules: file => json("GET", `/${file}`),
  checkRules: (file, text) => json("POST", `/${file}/check`, { text }),
  applyRules: (file, text) => call("PUT", `/${file}`, { text }),
  faults: () => json("GET", "/faults"),
  setFaults: state => json("PUT", "/faults", state),
  rotate: () => call("POST", "/secret/rotate"),
  restart: () => call("POST", "/restart"),
};

/** Calls back for each change, and with true or false when the connection is there or lost. */
export function stream(onAlert, onCleared, onState) {
  const source = new EventSource("/api/stream");
  source.addEventListener("open", () => onState(true));
  source.addEventListener("error", () => onState(false));
  source.addEventListener("alert", event => onAlert(JSON.parse(event.data)));
  source.addEventListener("cleared", onCleared);
}
