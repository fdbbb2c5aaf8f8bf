// What the whole page knows: what stands behind the chats, what was said in them, and what the simulator is doing.

export const state = {
  /** @type {any} the newest word of the server */
  stage: null,
  /** @type {"restart" | "wait" | null} */
  doing: null,
  /** Who waits for the bot's next word beside the chat, and is told of it. @type {{person: string, hear: (item: any) => void} | null} */
  ear: null,
};

/** What has been said, whether its chat is open or not. @type {Map<string, Map<number, any>>} */
export const said = new Map();

/** Chats that have been open; a closed one keeps what is half typed. @type {Map<string, import("./chat.js").Chat>} */
export const chats = new Map();

export const itemsOf = (person) => [...(said.get(person)?.values() ?? [])];

export const somebody = (id) => state.stage?.people.find((person) => person.id === id);
