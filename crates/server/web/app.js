// The query page: pick or write a query, run it, read the answer, look things up in the schema.
// It is served from the binary to people without internet, under CSP `default-src 'self'`: no library, no build step,
// no inline style. Whatever comes from the server is shown through text nodes only (see `el`), never as markup.

const GRAPHQL = "/graphql";
const ACCEPT = "application/graphql-response+json, application/json";
const COLOR_LIMIT = 150_000; // tokens, about 1 MB; coloring more keeps the page busy for seconds
const BLOCK_LINES = 200; // app.css reserves the height of so many lines for a block not yet laid out
const RAW_LIMIT = 20_000; // characters shown of an answer that is not JSON
const LISTED = 20; // errors told above the answer
const MAC = /Mac|iPhone|iPad/.test(navigator.platform);

// ---------------------------------------------------------------------------------------------------------- Texts
// The texts stand in index.html, where they can be read and corrected without reading code.
const TEXT = new Map();
for (const name of document.getElementById("texts").content.querySelectorAll("dt")) {
  const vi = name.nextElementSibling;
  TEXT.set(name.textContent, { vi: vi.textContent, en: vi.nextElementSibling.textContent });
}
const STATUS_CODE = { 401: "UNAUTHENTICATED", 403: "FORBIDDEN", 408: "TIMEOUT", 413: "TOO_LARGE", 429: "RATE_LIMITED",
  500: "INTERNAL_SERVER_ERROR", 502: "UNAVAILABLE", 503: "UNAVAILABLE", 504: "TIMEOUT" };

let lang = "vi";
const number = (value, digits = 0) => new Intl.NumberFormat(lang, { maximumFractionDigits: digits }).format(value);

function t(key, values = {}) {
  const all = { key: MAC ? "⌘" : "Ctrl", ...values };
  return TEXT.get(key)[lang].replace(/\{(\w+)\}/g, (whole, name) => all[name] ?? whole);
}

// Cookbook texts may be one string or {"vi": …, "en": …}.
const localized = (text) => (text && typeof text === "object" ? text[lang] ?? text.en ?? text.vi : text);

// ------------------------------------------------------------------------------------------------------------ DOM
const $ = (id) => document.getElementById(id);

// Children are nodes or strings; strings become text nodes, so nothing from the server can turn into markup.
function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean)); // so that a child may be left out by a condition
  return node;
}

const button = (click, attributes, ...children) => el("button", { type: "button", click, ...attributes }, ...children);
const link = (label, click) => button(click, { class: "link" }, label);
const row = (label, note, click) => el("li", {}, button(click, {}, el("strong", {}, label), el("span", {}, note)));

const later = (wait, action) => {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(action, wait); };
};

// ----------------------------------------------------------------------------------------------------------- JSON
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const OPEN = new Set(["{", "["]), CLOSE = new Set(["}", "]"]);
const SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

// Where and why a text is not JSON. JSON.parse says so in words that differ between browsers (Safari names no place at
// all) and in English only, so the place is found here.
function jsonFault(text) {
  let at = 0;
  const fail = (problem, values) => { throw Object.assign(new Error(problem), { problem, values }); };
  const peek = () => { while (/[ \t\n\r]/.test(text[at] ?? "")) at++; return text[at]; };
  const take = (pattern, problem) => {
    pattern.lastIndex = at;
    if (!pattern.test(text)) fail(problem);
    at = pattern.lastIndex;
  };
  const list = (close, item) => {
    at++; // the opening bracket
    if (peek() !== close) item();
    while (peek() === ",") { at++; item(); }
    if (peek() !== close) fail("jsonComma", { close });
    at++;
  };
  const member = () => {
    if (peek() !== '"') fail("jsonKey");
    take(STRING, "jsonString");
    if (peek() !== ":") fail("jsonColon");
    at++;
    value();
  };
  const value = () => {
    const next = peek();
    if (next === "{") list("}", member);
    else if (next === "[") list("]", value);
    else if (next === '"') take(STRING, "jsonString");
    else take(SCALAR, "jsonValue");
  };
  try {
    if (peek() !== "{") fail("jsonObject");
    value();
    if (peek() !== undefined) fail("jsonEnd");
    return null;
  } catch ({ problem = "jsonValue", values }) {
    const before = text.slice(0, at).split("\n");
    const place = { line: before.length, column: before.at(-1).length + 1 };
    return { at, text: t("jsonAt", { ...place, problem: t(problem, values) }) };
  }
}

// Indents and colors a JSON text token by token. The text is not re-made from parsed values: that would round long
// numbers and move keys such as "2020" to the front, and an answer must be shown as it was sent. It is cut into blocks
// of lines, which the browser lays out only when they come into view: a long answer stands there at once.
function drawJson(text, target) {
  const tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  const out = document.createDocumentFragment();
  let block = el("div"), plain = "", lines = 0, depth = 0;
  const breakLine = () => {
    if (++lines % BLOCK_LINES === 0) {
      block.append(plain);
      out.append(block);
      [block, plain] = [el("div"), ""];
    } else plain += "\n";
    plain += "  ".repeat(depth);
  };
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    if (OPEN.has(token)) {
      depth++;
      plain += token;
      if (!CLOSE.has(next)) breakLine(); // an empty list stays on its line
    } else if (CLOSE.has(token)) {
      depth--;
      if (!OPEN.has(tokens[index - 1])) breakLine();
      plain += token;
    } else if (token === ",") {
      plain += token;
      breakLine();
    } else if (token === ":") plain += ": ";
    else if (tokens.length > COLOR_LIMIT) plain += token;
    else {
      const kind = token[0] === '"' ? (next === ":" ? "key" : "string") : /[-\d]/.test(token[0]) ? "number" : "word";
      block.append(plain, el("span", { class: kind }, token));
      plain = "";
    }
  });
  block.append(plain);
  out.append(block);
  target.replaceChildren(out);
}

// -------------------------------------------------------------------------------------------------------- Editors
// Tab writes two spaces, but a keyboard user must be able to leave: Esc lets the next Tab through.
function makeEditor(area) {
  const gutter = area.parentElement.querySelector(".gutter");
  let tabLeaves = false;
  // execCommand is the only way that keeps the browser's own undo.
  const insert = (text) => {
    if (document.execCommand("insertText", false, text)) return;
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    area.dispatchEvent(new Event("input"));
  };
  const number = () => {
    const lines = area.value.split("\n").length;
    gutter.textContent = Array.from({ length: lines }, (_, index) => index + 1).join("\n");
    gutter.scrollTop = area.scrollTop;
  };
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return; // Telex and other input methods are still at work on the word
    if (event.key === "Escape") tabLeaves = true;
    else if (event.key === "Tab" && !event.shiftKey && !tabLeaves) {
      event.preventDefault();
      insert("  ");
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      const line = area.value.slice(0, area.selectionStart).split("\n").at(-1);
      event.preventDefault();
      insert(`\n${line.match(/^ */)[0]}`);
    } else if (event.key !== "Tab" && event.key !== "Shift") tabLeaves = false;
  });
  area.addEventListener("blur", () => { tabLeaves = false; });
  area.addEventListener("input", number);
  area.addEventListener("scroll", () => { gutter.scrollTop = area.scrollTop; });
  return { set(text) { area.value = text; area.scrollTop = 0; number(); } };
}

function goTo(area, line, column) {
  const lines = area.value.split("\n");
  const at = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + column - 1;
  area.focus();
  area.setSelectionRange(at, at);
  area.scrollTop = (line - 4) * parseFloat(getComputedStyle(area).lineHeight);
}

// ---------------------------------------------------------------------------------------------------------- State
const query = $("query"), variables = $("variables");
const editors = { query: makeEditor(query), variables: makeEditor(variables) };
let outcome = { kind: "ready" };
let pending = null; // AbortController of the request under way
let cookbook = { kind: "loading" };

// What is in the editors lives in the URL's hash, which never leaves the browser by itself. A shared page is loaded
// but never run: a link must not be able to make someone sign a program.
function readHash() {
  const state = new URLSearchParams(location.hash.slice(1));
  if (!state.get("query")) return;
  load(state.get("query"), state.get("variables") ?? "");
}

function writeHash(how = "replaceState") {
  const state = new URLSearchParams({ query: query.value });
  if (variables.value.trim()) state.set("variables", variables.value);
  if (`#${state}` !== location.hash) history[how](null, "", `#${state}`);
}

function load(text, values, result = { kind: "ready" }) {
  stop();
  editors.query.set(text);
  editors.variables.set(values);
  checkVariables();
  markCurrent();
  finish(result);
}

const edited = later(400, () => { checkVariables(); markCurrent(); writeHash(); });

function checkVariables() {
  const fault = variables.value.trim() ? jsonFault(variables.value) : null;
  const text = fault?.text ?? "";
  if ($("variables-error").textContent !== text) $("variables-error").textContent = text;
  variables.setAttribute("aria-invalid", String(Boolean(fault)));
  variables.parentElement.classList.toggle("bad", Boolean(fault));
  return fault;
}

// ---------------------------------------------------------------------------------------------------- Who is asking
// The token lives in its field and here, and goes nowhere but into the header Authorization: not into storage, the URL,
// or the curl command.
const VIEWER = "query Viewer { viewer { principal tenant { name } roles } }";
let asker = { token: "", answer: null };

// Pasted with what often stands around it. Anything else than visible ASCII cannot be sent, nor be a token.
const typedToken = () => $("token").value.trim().replace(/^(?:Authorization:\s*)?Bearer\s+/i, "");
const isToken = (token) => /^[!#-&(-~]*$/.test(token);

// Takes over what stands in the field. What was read as somebody else does not stay on the screen.
async function identify() {
  const token = typedToken();
  if (token === asker.token) return;
  const mine = (asker = { token, answer: null });
  stop();
  finish({ kind: "ready" });
  drawViewer();
  if (!token || !isToken(token)) return;
  const answer = await post(JSON.stringify({ query: VIEWER }), { token });
  if (asker !== mine) return; // another token has been given meanwhile
  asker.answer = answer;
  drawViewer();
}

function viewerLine() {
  const { token, answer } = asker;
  if (!token) return t("nobody");
  if (!isToken(token)) return t("badToken");
  if (!answer) return t("asking");
  const viewer = answer.json?.data?.viewer;
  if (viewer?.principal) {
    const { principal, tenant, roles } = viewer;
    return t("somebody", { principal, tenant: tenant?.name ?? "–", roles: roles.join(", ") });
  }
  if (answer.kind === "network") return t("network");
  const { message, extensions } = errorsOf(answer)[0] ?? {};
  if (!message) return t(answer.status >= 500 ? "failed" : "refused", { status: answer.status });
  return lang !== "en" && TEXT.has(extensions?.code) ? `${message} · ${t(extensions.code)}` : message;
}

function drawViewer() {
  const { token, answer } = asker;
  const wrong = !isToken(token) || Boolean(answer && !answer.json?.data?.viewer?.principal);
  const line = viewerLine();
  if ($("viewer").textContent !== line) $("viewer").textContent = line;
  $("viewer").classList.toggle("error", wrong);
  $("token").setAttribute("aria-invalid", String(wrong));
}

// The request's body, or null after having led the user to what is missing. The variables go as they were typed, so
// that a long number is not rounded on its way.
function requestBody() {
  const fault = checkVariables();
  if (!isToken(asker.token)) {
    $("token").focus();
    return null;
  }
  if (!query.value.trim()) {
    finish({ kind: "empty" });
    query.focus();
    return null;
  }
  if (fault) {
    variables.focus();
    variables.setSelectionRange(fault.at, fault.at);
    return null;
  }
  return `{"query":${JSON.stringify(query.value)},"variables":${variables.value.trim() || "{}"}}`;
}

// -------------------------------------------------------------------------------------------------------- Running
// Every way in which a request can end is a value; only this function meets exceptions.
async function send(url, options = {}) {
  const start = performance.now();
  const ms = () => Math.round(performance.now() - start);
  try {
    const response = await fetch(url, options);
    const bytes = await response.arrayBuffer();
    const text = new TextDecoder().decode(bytes);
    const { status, statusText, headers } = response;
    const retryAfter = /^\d+$/.exec(headers.get("retry-after") ?? "")?.[0];
    const answer = { ok: response.ok, status, statusText, retryAfter, ms: ms(), size: bytes.byteLength, text };
    try {
      return { kind: "json", json: JSON.parse(text), ...answer };
    } catch {
      return { kind: "text", ...answer };
    }
  } catch {
    return { kind: "network", ms: ms() };
  }
}

function post(body, { token = "", signal } = {}) {
  const headers = { "content-type": "application/json", accept: ACCEPT };
  if (token) headers.authorization = `Bearer ${token}`;
  return send(GRAPHQL, { method: "POST", headers, body, signal });
}

async function run() {
  identify();
  const body = requestBody();
  if (body === null) return;
  writeHash();
  pending?.abort();
  const mine = (pending = new AbortController());
  outcome = { kind: "running" };
  drawOutcome();
  const answer = await post(body, { token: asker.token, signal: mine.signal });
  if (pending !== mine) return; // a later run, or a newly loaded query, has taken over
  pending = null;
  finish(answer);
  const answered = $("status").parentElement; // below the editors on a narrow screen, and then out of sight
  if (answered.getBoundingClientRect().top > innerHeight * 0.75) answered.scrollIntoView();
}

function stop() {
  pending?.abort();
  pending = null;
}

function finish(result) {
  outcome = result;
  drawOutcome();
  if (outcome.kind === "json") drawJson(outcome.text, $("output"));
  else $("output").textContent = outcome.kind === "text" ? outcome.text.slice(0, RAW_LIMIT) : "";
  $("output").scrollTop = 0;
}

// --------------------------------------------------------------------------------------------- Status and notices
const errorsOf = (result) => (Array.isArray(result.json?.errors) ? result.json.errors : []);

function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1e6 ? `${number(bytes / 1e3, 1)} kB` : `${number(bytes / 1e6, 1)} MB`;
}

function statusLine(result) {
  if (result.kind === "network") return t("noAnswer", { ms: number(result.ms) });
  if (result.kind === "loaded") return t("loaded", { name: localized(result.name) });
  if (result.status === undefined) return t(result.kind === "empty" ? "emptyQuery" : result.kind);
  const status = `${result.status} ${result.statusText}`.trim(); // HTTP/2 sends no text
  const errors = number(errorsOf(result).length);
  return t("statusLine", { status, ms: number(result.ms), size: size(result.size), errors });
}

// Title, advice and errors of what went wrong; null when nothing did.
function explain(result) {
  const errors = errorsOf(result);
  const code = STATUS_CODE[result.status];
  const title =
    result.kind === "network" ? t("network")
    : result.status >= 500 ? t("failed", { status: result.status })
    : result.status >= 400 ? t("refused", { status: result.status })
    : result.kind === "text" ? t("notJson")
    : errors.length ? t("hasErrors") : "";
  if (!title) return null;
  const advice =
    result.kind === "network" ? t("networkAdvice")
    : errors.length ? "" // each error brings its own
    : code ? t(code)
    : result.kind === "text" && (result.ok || result.status >= 500) ? t("notJsonAdvice") : t("refusedAdvice");
  const wait = result.retryAfter ? t("retryAfter", { seconds: result.retryAfter }) : "";
  return [
    el("p", {}, el("strong", {}, title)),
    el("p", {}, advice, advice && wait && " ", wait),
    el("ol", {}, ...errors.slice(0, LISTED).map(explainError)),
    el("p", {}, errors.length > LISTED && t("moreErrors", { count: number(errors.length - LISTED) })),
  ];
}

function explainError(error) {
  const { code, hint, requestId } = error?.extensions ?? {};
  const path = Array.isArray(error?.path) ? t("at", { path: error.path.join(".") }) : "";
  const facts = [code, path, requestId && t("request", { id: requestId })].filter(Boolean).join(" · ");
  const places = (Array.isArray(error?.locations) ? error.locations : []).slice(0, 3);
  return el("li", {},
    el("p", {}, String(error?.message ?? JSON.stringify(error))),
    facts && el("p", { class: "code-name" }, facts),
    TEXT.has(code) && el("p", {}, t(code)),
    hint && el("p", {}, String(hint)),
    ...places.flatMap(({ line, column }) => [link(t("goTo", { line, column }), () => goTo(query, line, column)), " "]));
}

function drawOutcome() {
  const running = outcome.kind === "running";
  $("status").textContent = statusLine(outcome);
  $("run").textContent = t(running ? "stop" : "run");
  $("output").setAttribute("aria-busy", String(running));
  drawNotice(...(explain(outcome) ?? []));
}

// The same, for what the page itself loads. The button goes away when pressed, so the focus moves to the panel's tab.
function trouble(result, retry, otherwise = "") {
  const again = () => { document.querySelector('[role="tab"][aria-selected="true"]').focus(); retry(); };
  const told = explain(result) ?? [el("p", {}, otherwise)];
  return el("div", { class: "notice" }, ...told, button(again, {}, t("retry")));
}

function drawNotice(...children) {
  $("notice").hidden = !children.length;
  $("notice").replaceChildren(...children);
}

// ----------------------------------------------------------------------------------------------------------- curl
async function copyCurl() {
  identify();
  const body = requestBody();
  if (body === null) return;
  const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
  const command = [
    `curl ${quoted(location.origin + GRAPHQL)}`,
    "--header 'content-type: application/json'",
    `--header ${quoted(`accept: ${ACCEPT}`)}`,
    ...(asker.token ? ['--header "Authorization: Bearer $TOKEN"'] : []),
    `--data-raw ${quoted(body)}`,
  ].join(" \\\n  ");
  if (await copy(command)) {
    $("copied").textContent = t(asker.token ? "copiedWithoutToken" : "copied");
    setTimeout(() => { $("copied").textContent = ""; }, 4000);
  } else {
    const box = el("textarea", { readonly: "", "aria-label": t("copyCurl") }, command);
    drawNotice(el("p", {}, t("copyByHand")), box);
    box.select();
  }
}

// Offices often serve over plain http, where browsers offer no navigator.clipboard: then the old way.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const focused = document.activeElement;
    const box = el("textarea", { class: "offscreen" });
    box.value = text;
    document.body.append(box);
    box.select();
    const copied = document.execCommand("copy");
    box.remove();
    focused?.focus();
    return copied;
  }
}

// ------------------------------------------------------------------------------------------------------- Cookbook
const variablesText = (recipe) =>
  Object.keys(recipe.variables ?? {}).length ? JSON.stringify(recipe.variables, null, 2) : "";

async function loadCookbook() {
  cookbook = { kind: "loading" };
  drawCookbook();
  cookbook = await send("/cookbook.json", { headers: { accept: "application/json" } });
  drawCookbook();
  const first = recipes()[0];
  if (!first || query.value) return;
  load(first.query, variablesText(first));
  writeHash();
}

// A file's last line break would be an empty line in the editor.
const recipes = () => (cookbook.ok && Array.isArray(cookbook.json) ? cookbook.json : [])
  .map((recipe) => ({ ...recipe, query: recipe.query.trimEnd() }));

function drawCookbook() {
  const list = recipes();
  const content =
    list.length ? el("ul", { class: "list" }, ...list.map(recipeRow))
    : cookbook.kind === "loading" ? el("p", {}, t("loading"))
    : cookbook.ok && cookbook.kind === "json" ? el("p", {}, t("cookbookEmpty"))
    : trouble(cookbook, loadCookbook);
  $("panel-cookbook").replaceChildren(content);
  markCurrent();
}

function recipeRow(recipe) {
  return row(localized(recipe.title) ?? recipe.name, localized(recipe.question) ?? recipe.name, () => {
    writeHash(); // keeps the last keystrokes too
    load(recipe.query, variablesText(recipe), { kind: "loaded", name: recipe.title ?? recipe.name });
    writeHash("pushState"); // so that Back brings back what stood in the editors before
  });
}

function markCurrent() {
  const list = recipes();
  document.querySelectorAll("#panel-cookbook .list button").forEach((node, index) => {
    node.setAttribute("aria-current", String(list[index].query === query.value));
  });
}

// --------------------------------------------------------------------------------------------------------- Schema
// The selection of graphql-js' getIntrospectionQuery(), which servers know and may answer from a prepared text.
const INTROSPECTION = `query IntrospectionQuery {
  __schema { queryType { name kind } mutationType { name kind } subscriptionType { name kind } types { ...FullType }
    directives { name description locations args { ...InputValue } } } }
fragment FullType on __Type { kind name description
  fields(includeDeprecated: true) {
    name description args { ...InputValue } type { ...TypeRef } isDeprecated deprecationReason }
  inputFields { ...InputValue } interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason } possibleTypes { ...TypeRef } }
fragment InputValue on __InputValue { name description type { ...TypeRef } defaultValue }
fragment TypeRef on __Type { kind name ${"ofType { name kind ".repeat(9)}${"}".repeat(9)} }`;

const SHOWN = 500;
// path: names of the types opened, the last one is shown.
const schema = { asked: false, answer: { kind: "loading" }, types: new Map(), path: [] };

async function openSchema() {
  schema.asked = true;
  schema.answer = { kind: "loading" };
  drawSchema();
  schema.answer = await post(JSON.stringify({ query: INTROSPECTION, operationName: "IntrospectionQuery" }));
  const root = schema.answer.json?.data?.__schema;
  const roots = [root?.queryType, root?.mutationType, root?.subscriptionType].map((type) => type?.name);
  const rank = (type) => (roots.includes(type.name) ? roots.indexOf(type.name) : roots.length);
  const order = (a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1);
  for (const type of (root?.types ?? []).slice().sort(order)) schema.types.set(type.name, type);
  drawSchema();
}

function drawSchema() {
  const type = schema.types.get(schema.path.at(-1));
  const words = fold($("search").value.trim());
  const content =
    schema.answer.kind === "loading" ? [el("p", {}, t("loading"))]
    : !schema.types.size ? [trouble(schema.answer, openSchema, t("schemaMissing"))]
    : type && !words ? describeType(type) : listTypes(words);
  $("schema").replaceChildren(...content);
}

// Finds "dac diem" in "đặc điểm".
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

function listTypes(words) {
  const rows = [];
  // Names stand before mere mentions in a description, types before fields.
  const add = (rank, item, label, note, type) => {
    if (fold(item.name).includes(words)) rows.push({ rank, label, note, type });
    else if (fold(item.description ?? "").includes(words)) rows.push({ rank: rank + 2, label, note, type });
  };
  for (const type of schema.types.values()) {
    if (type.name.startsWith("__") && !words.startsWith("__")) continue;
    add(0, type, type.name, t(type.kind), type.name);
    const members = words ? [...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])] : [];
    for (const member of members) add(1, member, `${type.name}.${member.name}`, member.description ?? "", type.name);
  }
  rows.sort((a, b) => a.rank - b.rank);
  const told = t(rows.length > SHOWN ? "foundMany" : "found", { count: number(rows.length), shown: SHOWN });
  const shown = rows.slice(0, SHOWN).map(({ label, note, type }) => row(label, note, () => openType(type)));
  return [el("p", { class: "hint", role: "status" }, told), el("ul", { class: "list" }, ...shown)];
}

function openType(name) {
  schema.path.push(name);
  $("search").value = "";
  showSchema();
}

// The button just pressed is gone after drawing: the focus goes to what replaced it, not to the page's start.
function showSchema() {
  drawSchema();
  $("panel-schema").scrollTop = 0;
  ($("schema").querySelector("h2") ?? $("search")).focus();
}

function describeType(type) {
  const back = () => { schema.path.pop(); showSchema(); };
  const section = (key, list) => (type[key]?.length ? [el("h3", {}, t(key)), list(type[key])] : []);
  const names = (refs) => el("ul", { class: "list" }, ...refs.map((ref) => el("li", {}, ...typeRef(ref))));
  const members = (all) => el("dl", {}, ...all.flatMap(describeMember));
  return [
    el("div", {}, link(t("back", { name: schema.path.at(-2) ?? t("allTypes") }), back)),
    el("h2", { tabindex: "-1" }, `${type.name} · ${t(type.kind)}`),
    el("p", { class: "description" }, type.description ?? ""),
    ...section("interfaces", names), ...section("fields", members), ...section("inputFields", members),
    ...section("enumValues", members), ...section("possibleTypes", names),
  ];
}

function describeMember(member) {
  const standard = (item) => (item.defaultValue ? ` = ${item.defaultValue}` : "");
  const args = (member.args ?? []).flatMap((arg, index) =>
    [index ? ", " : "(", `${arg.name}: `, ...typeRef(arg.type), standard(arg)]);
  const notes = (member.args ?? []).filter((arg) => arg.description).map((arg) => `${arg.name}: ${arg.description}`);
  const deprecated = member.isDeprecated && t("deprecated", { reason: member.deprecationReason ?? "" });
  return [
    el("dt", {}, member.name, ...args, args.length ? ")" : "",
      ...(member.type ? [": ", ...typeRef(member.type), standard(member)] : [])), // an enum's value has no type
    el("dd", {}, [member.description, ...notes].filter(Boolean).join("\n"),
      deprecated && el("p", { class: "deprecated" }, deprecated)),
  ];
}

function typeRef(ref) {
  if (ref?.kind === "NON_NULL") return [...typeRef(ref.ofType), "!"];
  if (ref?.kind === "LIST") return ["[", ...typeRef(ref.ofType), "]"];
  return [ref?.name ? link(ref.name, () => openType(ref.name)) : "…"];
}

// -------------------------------------------------------------------------------------------------- Page and start
function setLanguage(chosen) {
  lang = chosen;
  document.documentElement.lang = lang;
  document.title = t("title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) {
    node.setAttribute("aria-label", t(node.dataset.tLabel));
  }
  for (const name of ["vi", "en"]) $(`lang-${name}`).setAttribute("aria-pressed", String(name === lang));
  $("hint").textContent = t("hint");
  drawViewer();
  drawOutcome();
  drawCookbook();
  drawSchema();
  checkVariables();
}

// Storage may be refused (private windows, policies); the choice then lasts as long as the page.
const remember = (name) => { try { localStorage.setItem("language", name); } catch { /* see above */ } };
const remembered = () => { try { return localStorage.getItem("language"); } catch { return null; } };

function selectTab(name) {
  for (const other of ["cookbook", "schema"]) {
    const chosen = other === name;
    $(`tab-${other}`).setAttribute("aria-selected", String(chosen));
    $(`tab-${other}`).tabIndex = chosen ? 0 : -1;
    $(`panel-${other}`).hidden = !chosen;
  }
  $(`tab-${name}`).focus();
  if (name === "schema" && !schema.asked) openSchema(); // hundreds of kilobytes: only for who wants them
}

for (const name of ["vi", "en"]) {
  $(`lang-${name}`).addEventListener("click", () => { setLanguage(name); remember(name); });
}
for (const [name, other] of [["cookbook", "schema"], ["schema", "cookbook"]]) {
  $(`tab-${name}`).addEventListener("click", () => selectTab(name));
  $(`tab-${name}`).addEventListener("keydown", (event) => {
    if (/^Arrow(Left|Right)$/.test(event.key)) selectTab(other);
  });
}
$("skip").addEventListener("click", () => query.focus());
$("run").addEventListener("click", () => {
  if (!pending) return run();
  stop();
  finish({ kind: "stopped" });
});
$("curl").addEventListener("click", copyCurl);
$("search").addEventListener("input", later(150, drawSchema));
$("token").addEventListener("input", later(400, identify));
$("token").addEventListener("change", identify);
query.addEventListener("input", edited);
variables.addEventListener("input", edited);
addEventListener("popstate", readHash);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  run();
});

// Vietnamese is the page's own language; English only for a browser that asks for it.
setLanguage(/^(vi|en)$/.exec(remembered())?.[0] ?? (navigator.language?.startsWith("en") ? "en" : "vi"));
readHash();
loadCookbook();
