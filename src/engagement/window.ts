// The hours in which requests may be sent.
import { messages } from '../messages/index.js';
import type { WeeklyHours, Window } from '../model/engagement.js';
import { right, wrong, type Parsed } from './mistake.js';
import { nearest } from '../text/nearest.js';

/** Hours of the week in which an owner's endpoints are left alone. */
export interface Blackout {
  readonly owner: string;
  readonly timeZone: string;
  readonly weekly: readonly WeeklyHours[];
}

/** Whether requests may be sent now, and until when that stays so (null: for ever). */
export type Opening =
  { readonly open: true; readonly closesAt: Date | null } | { readonly open: false; readonly opensAt: Date | null };

const minute = 60_000;
const day = 24 * 60;
const week = 7 * day;

const formatters = new Map<string, Intl.DateTimeFormat>();

/** What the clocks on the wall show in a time zone, as if it were UTC, in milliseconds. */
function wallTime(timeZone: string, at: number): number {
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, formatter);
  }
  const parts: Record<string, number> = {};
  for (const { type, value } of formatter.formatToParts(at)) parts[type] = Number(value);
  const { year = 0, month = 1, day: date = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  const rest = ((at % 1000) + 1000) % 1000;
  return Date.UTC(year, month - 1, date, hour, minutes, second) + rest;
}

function offsetAt(timeZone: string, at: number): number {
  return wallTime(timeZone, at) - at;
}

/** Milliseconds since Monday 00:00 on the wall. 1970-01-05 was a Monday. */
function sinceMonday(wall: number): number {
  const length = week * minute;
  return (((wall - 4 * day * minute) % length) + length) % length;
}

/** Whether an instant is in the weekly hours, and the next instant at which that can change. */
function weeklyAt(timeZone: string, weekly: readonly WeeklyHours[], at: number): { inside: boolean; until: number } {
  const offset = offsetAt(timeZone, at);
  const now = sinceMonday(at + offset);
  const inside = weekly.some(({ fromMinute, toMinute }) => fromMinute * minute <= now && now < toMinute * minute);
  const edges = [...weekly.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute]), week];
  const next = Math.min(...edges.map((edge) => edge * minute).filter((edge) => edge > now));
  const until = at + next - now;
  if (offsetAt(timeZone, until) === offset) return { inside, until };
  // The clocks are changed before that edge: look again at the instant of the change.
  let before = at;
  let after = until;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle) === offset) before = middle;
    else after = middle;
  }
  return { inside, until: after };
}

function stateAt(window: Window | null, blackouts: readonly Blackout[], at: number): { open: boolean; until: number } {
  let open = true;
  let until = Infinity;
  if (window !== null) {
    const from = Date.parse(window.from);
    const to = Date.parse(window.to);
    if (at >= to) return { open: false, until: Infinity };
    if (at < from) return { open: false, until: from };
    until = to;
    if (window.weekly.length > 0) {
      const weekly = weeklyAt(window.timeZone, window.weekly, at);
      open = weekly.inside;
      until = Math.min(until, weekly.until);
    }
  }
  for (const { timeZone, weekly } of blackouts) {
    if (weekly.length === 0) continue;
    const blackout = weeklyAt(timeZone, weekly, at);
    if (blackout.inside) open = false;
    until = Math.min(until, blackout.until);
  }
  return { open, until };
}

/**
 * Whether requests may be sent at an instant: inside the window, inside its weekly hours, outside every blackout; weekly
 * hours go by the clocks of their time zone, changes of daylight saving time included. `closesAt` and `opensAt` are
 * the next instants at which the answer changes (null: never, or not within ten years of unbroken blackouts).
 */
export function openAt(window: Window | null, blackouts: readonly Blackout[], instant: Date): Opening {
  const first = stateAt(window, blackouts, instant.getTime());
  let { until } = first;
  // Every step reaches the next edge of a weekly stretch or of a change of clocks.
  for (let steps = 0; Number.isFinite(until) && steps < 5000; steps++) {
    const state = stateAt(window, blackouts, until);
    if (state.open !== first.open) {
      const changes = new Date(until);
      return first.open ? { open: true, closesAt: changes } : { open: false, opensAt: changes };
    }
    until = state.until;
  }
  return first.open ? { open: true, closesAt: null } : { open: false, opensAt: null };
}

/**
 * {@link openAt} for one window, with each answer remembered until it changes: it is asked once per endpoint, and an owner
 * whose blackouts leave nothing of the window makes it search far.
 */
export function rememberingOpenAt(window: Window | null): (blackouts: readonly Blackout[], instant: Date) => Opening {
  const answers = new Map<string, { readonly from: number; readonly until: number; readonly opening: Opening }>();
  return (blackouts, instant) => {
    const key = blackouts.map(({ owner }) => owner).join('\n');
    const at = instant.getTime();
    const known = answers.get(key);
    if (known !== undefined && known.from <= at && at < known.until) return known.opening;
    const opening = openAt(window, blackouts, instant);
    const change = opening.open ? opening.closesAt : opening.opensAt;
    if (answers.size > 1000) answers.clear();
    answers.set(key, { from: at, until: change?.getTime() ?? Infinity, opening });
    return opening;
  };
}

/** A time zone of the IANA database, or UTC. */
export function parseTimeZone(text: string): Parsed<string> {
  try {
    // Offsets such as +02:00 would pass here, but know no daylight saving time.
    if (!/^[A-Za-z]/.test(text)) throw new RangeError();
    new Intl.DateTimeFormat('en-US', { timeZone: text });
    return right(text);
  } catch {
    const meant = nearest(text, [...Intl.supportedValuesOf('timeZone'), 'UTC']);
    return wrong(messages().targets.window.unknownTimeZone(meant));
  }
}

/** A day that exists, `YYYY-MM-DD`. */
export function parseDay(text: string): Parsed<string> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return wrong(messages().targets.window.notADay);
  const at = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    return wrong(messages().targets.window.noSuchDay);
  return right(text);
}

/**
 * An instant of the window as UTC ISO 8601: with `Z` or an offset as written, without one by the clocks of the time zone; a day
 * alone means its beginning for `from` and its end for `to`; fractions of a second are cut off. Where the clocks are changed so
 * that a time comes twice or never, the reading that makes the window shorter counts.
 */
export function parseInstant(text: string, timeZone: string, edge: 'from' | 'to'): Parsed<string> {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
    text,
  );
  const said = messages().targets.window;
  if (match === null) return wrong(said.notAnInstant);
  const [, date = '', hour = '00', minutes = '00', seconds = '00', zone] = match;
  const parsed = parseDay(date);
  if (!parsed.ok) return parsed;
  if (Number(hour) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return wrong(said.noSuchTime);
  const wall =
    Date.parse(`${date}T${hour}:${minutes}:${seconds}Z`) + (match[2] === undefined && edge === 'to' ? day * minute : 0);
  if (zone !== undefined) {
    const at = Date.parse(`${date}T${hour}:${minutes}:${seconds}${zone}`);
    return Number.isNaN(at) ? wrong(said.noSuchOffset) : right(new Date(at).toISOString());
  }
  const candidates = [wall - day * minute, wall + day * minute].map((near) => wall - offsetAt(timeZone, near));
  const exact = candidates.filter((at) => wallTime(timeZone, at) === wall);
  const readings = exact.length > 0 ? exact : candidates;
  return right(new Date(edge === 'from' ? Math.max(...readings) : Math.min(...readings)).toISOString());
}

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Weekly hours such as `Mon-Fri 20:00-06:00` (past midnight into the next day), `Sat,Sun` or `daily 01:00-05:00`. */
export function parseWeekly(text: string): Parsed<readonly WeeklyHours[]> {
  const said = messages().targets.window;
  const match = /^([a-z,-]+)(?:\s+(\d{2}):(\d{2})\s*-\s*(\d{2}):(\d{2}))?$/i.exec(text.trim());
  if (match === null) return wrong(said.notWeekly);
  const [, names = '', fromHour = '00', fromMinutes = '00', toHour = '24', toMinutes = '00'] = match;
  const from = Number(fromHour) * 60 + Number(fromMinutes);
  const to = Number(toHour) * 60 + Number(toMinutes);
  if (from >= day || to > day || Number(fromMinutes) > 59 || Number(toMinutes) > 59) return wrong(said.noSuchHours);
  if (from === to) return wrong(said.noDuration);
  const chosen = new Set<number>();
  for (const part of names.toLowerCase() === 'daily' ? ['mon-sun'] : names.toLowerCase().split(',')) {
    const [first = '', last = first, ...rest] = part.split('-');
    const begin = days.indexOf(first);
    const end = days.indexOf(last);
    if (begin < 0 || end < 0 || rest.length > 0) return wrong(said.notAWeekday(part));
    for (let index = begin; ; index = (index + 1) % 7) {
      chosen.add(index);
      if (index === end) break;
    }
  }
  const stretches: WeeklyHours[] = [];
  for (const index of [...chosen].sort((a, b) => a - b)) {
    const fromMinute = index * day + from;
    const toMinute = index * day + to + (to < from ? day : 0);
    stretches.push({ fromMinute, toMinute: Math.min(toMinute, week) });
    if (toMinute > week) stretches.push({ fromMinute: 0, toMinute: toMinute - week });
  }
  return right(stretches);
}

/** The stretches in order, with those that touch or overlap joined. */
export function joinWeekly(stretches: readonly WeeklyHours[]): readonly WeeklyHours[] {
  const joined: { fromMinute: number; toMinute: number }[] = [];
  for (const { fromMinute, toMinute } of [...stretches].sort((a, b) => a.fromMinute - b.fromMinute)) {
    const last = joined.at(-1);
    if (last !== undefined && fromMinute <= last.toMinute) last.toMinute = Math.max(last.toMinute, toMinute);
    else joined.push({ fromMinute, toMinute });
  }
  return joined;
}
