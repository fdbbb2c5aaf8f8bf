// What people do in their chats goes out from here, and what the server answers at once is shown.

import {Refused, send, sendFile} from "./connection.js";
import {isOpen, showFacts} from "./dialog.js";
import {lastForm, openForm} from "./form.js";
import {say} from "./notices.js";
import {chats, somebody, state} from "./state.js";
import {words} from "./words.js";

/** Does it, and says so quietly where the server says no. */
export async function guarded(person, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const text = error.message || words("not_taken");
    if (person && chats.has(person)) chats.get(person).composer.say(text);
    else say(text);
    return null;
  }
}

/**
 * Something that a person does in the chat.
 * @param {string} person @param {string} kind @param {object} more
 * @param {(waiting: boolean) => void} [trouble]
 * @param {any} [form] that came with the message, if the server does not send a newer one
 */
export async function act(person, kind, more, trouble, form) {
  const reply = await guarded(person, () => send("act", {person, kind, ...more}, trouble));
  if (reply) answer(person, reply.kind === "nothing" && kind === "opened" && form ? {kind: "form", form} : reply);
  return reply;
}

export const attach = (person, file, trouble) => guarded(person, () => sendFile(person, file, trouble));

export const setLanguage = (person, code) => guarded(person, () => send("language", {person, language: code}));

/** What the server wants to be shown at once. */
function answer(person, reply) {
  const who = somebody(person);
  if (reply.kind === "form") showForm(who, reply.form);
  else if (reply.kind === "show") showFacts(who, reply.title, reply.facts);
}

function showForm(who, form) {
  const theirs = chats.get(who.id);
  openForm(who, form, {
    people: state.stage.people,
    async submit(values, trouble) {
      theirs?.moved();
      try {
        return await send("act", {person: who.id, kind: "submitted", token: form.token, values}, trouble);
      } catch (error) {
        return {error: error.message || words("not_taken", {}, who.language)};
      }
    },
    /** Help is told in the chat; the form hears it too. */
    help(hear, trouble) {
      state.ear = {person: who.id, hear};
      return act(who.id, "commanded", {command: "emergency", token: form.token}, trouble);
    },
    left() {
      theirs?.expect();
      act(who.id, "left", {token: form.token});
    },
    over() {
      state.ear = null;
    },
    then(reply) {
      answer(who.id, reply ?? {kind: "nothing"});
      theirs?.moved();
      if (!isOpen()) theirs?.log.focusNewest();
    },
  });
}

/** A form that was open before the page was loaded again. */
export function reopen() {
  const last = lastForm();
  const who = last && somebody(last.person);
  if (who) showForm(who, last.form);
}
