import type { Language } from '../../contract/renderer-api.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** A running time as clocks show it: `0:42`, `12:05`, `1:00:09`. Never negative: clocks differ by a little. */
export function clockDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const MICROSECONDS = 1000;

/** Time of day with microseconds, `14:03:09.120384`: the same in every language, so that it can be searched for. */
export function traceTime(at: number): string {
  const date = new Date(at);
  const fraction = Math.floor((at - Math.floor(at)) * MICROSECONDS);
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}${String(fraction).padStart(3, '0')}`;
}

const milliseconds = new Map<Language, Intl.NumberFormat>();

/** A distance in time, in ms with one decimal: `1,234.5`. */
export function traceDistance(ms: number, language: Language): string {
  let format = milliseconds.get(language);
  if (!format) {
    format = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    milliseconds.set(language, format);
  }
  return format.format(ms);
}
