// What the page remembers: how it is arranged (for good) and what is half typed (as long as the tab lives).

function read(store, key, otherwise) {
  try {
    const text = store().getItem(`bistand.${key}`);
    return text === null ? otherwise : JSON.parse(text);
  } catch {
    return otherwise;
  }
}

function write(store, key, value) {
  try {
    if (value === null) store().removeItem(`bistand.${key}`);
    else store().setItem(`bistand.${key}`, JSON.stringify(value));
  } catch {
    // A browser without storage simply forgets.
  }
}

const long = () => localStorage;
const brief = () => sessionStorage;

export const remember = (key, value) => write(long, key, value);
export const remembered = (key, otherwise = null) => read(long, key, otherwise);
export const keep = (key, value) => write(brief, key, value);
export const kept = (key, otherwise = null) => read(brief, key, otherwise);

/** A theme is kept as plain text, for theme.js. */
export function rememberTheme(theme) {
  try {
    localStorage.setItem("bistand.theme", theme);
  } catch {
    // As above.
  }
}
