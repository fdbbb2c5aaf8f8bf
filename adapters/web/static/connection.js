// The line to the server: events in, requests out. A request that fails is sent again with the same id until it is
// answered, so that nothing is lost and nothing happens twice.

import {language} from "./words.js";

const PAUSES = [400, 800, 1600, 3000, 5000];
const TRIES_AFTER_A_FAULT = 4;

/** The server said no, with words to show. */
export class Refused extends Error {}

export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

/**
 * @param {string} address
 * @param {RequestInit} how
 * @param {(waiting: boolean) => void} [onTrouble] told when it has to be tried again, and when that is over
 */
async function untilAnswered(address, how, onTrouble = () => {}) {
  for (let tries = 0; ; tries += 1) {
    let answer = null;
    try {
      answer = await fetch(address, how);
      const body = await answer.json().catch(() => ({}));
      if (answer.ok) {
        if (tries) onTrouble(false);
        return body;
      }
      const transient = [408, 425, 429, 502, 503, 504].includes(answer.status);
      const fault = answer.status >= 500 && tries < TRIES_AFTER_A_FAULT;
      if (!transient && !fault) {
        onTrouble(false);
        throw new Refused(body.error ?? "");
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
    }
    onTrouble(true);
    await rest(PAUSES[Math.min(tries, PAUSES.length - 1)]);
  }
}

const HEADERS = {"X-Bistand": "1"};
const lines = new Map();

/** What one person does reaches the server in the order in which it was done. */
function inOrder(person, work) {
  const before = lines.get(person) ?? Promise.resolve();
  const after = before.catch(() => {}).then(work);
  lines.set(person, after);
  return after;
}

/**
 * @param {string} name of do/NAME
 * @param {Record<string, any>} body
 * @param {(waiting: boolean) => void} [onTrouble]
 */
export function send(name, body, onTrouble) {
  const how = {
    method: "POST",
    headers: {...HEADERS, "Content-Type": "application/json"},
    body: JSON.stringify({id: newId(), ...body}),
  };
  const work = () => untilAnswered(`do/${name}?${new URLSearchParams({lang: language()})}`, how, onTrouble);
  return body.person ? inOrder(body.person, work) : work();
}

/** @param {string} person @param {File} file */
export function sendFile(person, file, onTrouble) {
  const query = new URLSearchParams({id: newId(), person, lang: language()});
  const how = {method: "POST", headers: {...HEADERS, "Content-Type": file.type || "application/octet-stream", "X-Name": encodeURIComponent(file.name.toWellFormed?.() ?? file.name)}, body: file};
  return inOrder(person, () => untilAnswered(`do/file?${query}`, how, onTrouble));
}

/** @param {string} name @param {string | null} structure */
export async function flow(name, structure) {
  const query = new URLSearchParams({lang: language(), ...(structure && {structure})});
  const answer = await fetch(`flow/${encodeURIComponent(name)}?${query}`, {headers: HEADERS});
  if (!answer.ok) throw new Refused((await answer.json().catch(() => ({}))).error ?? "");
  return answer.json();
}

/**
 * Listens for events. The browser connects again by itself; where it gives up, a new line is opened.
 * @param {string} code of the page's language
 * @param {{all: Function, chat: Function, stage: Function, busy: Function, cut: (is: boolean) => void}} told
 * @returns {() => void} hangs up
 */
export function listen(code, told) {
  let source = null;
  let timer = 0;
  let over = false;

  function open() {
    source = new EventSource(`events?${new URLSearchParams({lang: code})}`);
    for (const name of ["all", "chat", "stage", "busy"]) {
      source.addEventListener(name, (event) => !over && told[name](JSON.parse(event.data)));
    }
    source.onopen = () => {
      clearTimeout(timer);
      timer = 0;
      told.cut(false);
    };
    source.onerror = () => {
      if (over) return;
      // A blink is not worth a word.
      timer ||= setTimeout(() => told.cut(true), 900);
      if (source.readyState === EventSource.CLOSED) setTimeout(() => !over && open(), 1500);
    };
  }

  open();
  return () => {
    over = true;
    clearTimeout(timer);
    source.close();
  };
}
