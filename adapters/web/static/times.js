// Times are shown on the organisation's clock, never on the browser's.

import {language} from "./words.js";

const LOCALES = {en: "en-GB", da: "da-DK"};
const formats = new Map();
let zone = 0;

/** The organisation's zone is the one that its present time is written in. @param {string} now */
export function setZone(now) {
  zone = minutesFromUtc(now) ?? zone;
}

/** Minutes from UTC as written in the text; null when it is plain UTC, which says nothing of a place. */
function minutesFromUtc(iso) {
  const found = /([+-])(\d\d):?(\d\d)$/.exec(iso);
  if (!found) return null;
  const minutes = Number(found[2]) * 60 + Number(found[3]);
  return found[1] === "-" ? -minutes : minutes;
}

/** A date whose UTC parts are what the clock on the wall says. */
function onTheWall(iso) {
  const instant = new Date(/[zZ]$|[+-]\d\d:?\d\d$/.test(iso) ? iso : `${iso}Z`);
  const written = minutesFromUtc(iso);
  return new Date(instant.getTime() + (written || zone) * 60_000);
}

function format(iso, options, code = language()) {
  const key = code + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(LOCALES[code] ?? code, {...options, timeZone: "UTC"}));
  return formats.get(key).format(onTheWall(iso));
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const HOUR = {hour: "2-digit", minute: "2-digit", hourCycle: "h23"};

/** 10:04 */
export const hour = (iso, code) => format(iso, HOUR, code);

/** Monday 23 November */
export function day(iso, code = language()) {
  const text = format(iso, {weekday: "long", day: "numeric", month: "long"}, code).replace(",", "");
  return capital(code === "da" ? text.replace(/^(\S+) (\d)/, "$1 den $2") : text);
}

/** Mon 23 Nov, 10:04 */
export function short(iso, code = language()) {
  const date = format(iso, {weekday: "short", day: "numeric", month: "short"}, code).replace(",", "");
  return `${capital(date)}${code === "da" ? " kl. " : ", "}${hour(iso, code)}`;
}

/** Monday 23 November, 10:04 */
export const whole = (iso, code = language()) => `${day(iso, code)}${code === "da" ? " kl. " : ", "}${hour(iso, code)}`;

/** The same in the middle of a sentence: in Danish days have small letters. */
export const within = (iso) => (language() === "da" ? whole(iso).replace(/^./, (first) => first.toLowerCase()) : whole(iso));

/** 2026-11-23, to tell days apart */
export const date = (iso) => onTheWall(iso).toISOString().slice(0, 10);

export const isPast = (iso, now) => new Date(iso) < new Date(now);

/** in 3 hours, 2 days ago */
export function relative(iso, now, code = language()) {
  const minutes = (new Date(iso) - new Date(now)) / 60_000;
  const key = `relative ${code}`;
  if (!formats.has(key)) formats.set(key, new Intl.RelativeTimeFormat(LOCALES[code] ?? code, {numeric: "always"}));
  const steps = [["day", 1440], ["hour", 60], ["minute", 1]];
  const [unit, size] = steps.find(([, each]) => Math.abs(minutes) >= each * (each === 1440 ? 1.5 : 1)) ?? steps[2];
  return formats.get(key).format(Math.round(minutes / size), unit);
}
