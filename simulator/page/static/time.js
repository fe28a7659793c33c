// The province's own time, whatever zone the browser sits in. Indonesia has no summer time.

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const ZONES = {
  "+07:00": { name: "Asia/Jakarta", short: "WIB" },
  "+08:00": { name: "Asia/Makassar", short: "WITA" },
  "+09:00": { name: "Asia/Jayapura", short: "WIT" },
};

let offset = "+07:00";
let formats = formatsOf(ZONES[offset].name);

function formatsOf(timeZone) {
  const make = (options) => new Intl.DateTimeFormat("id-ID", { timeZone, ...options });
  return {
    date: make({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    day: make({ weekday: "long", day: "numeric", month: "long" }),
    short: make({ weekday: "short", day: "numeric", month: "short" }),
    time: make({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
  };
}

/** From now on everything is shown in the zone this ISO time is written in; unknown offsets mean WIB. */
export function useZoneOf(iso) {
  const written = iso.slice(-6);
  offset = written in ZONES ? written : "+07:00";
  formats = formatsOf(ZONES[offset].name);
}

export const longDate = (date) => formats.date.format(date);
export const shortDate = (date) => formats.short.format(date).replace(",", "");
export const dayName = (date) => formats.day.format(date);
export const hourMinute = (date) => formats.time.format(date).replace(":", ".");
export const zoneName = () => ZONES[offset].short;

function shifted(date) {
  return new Date(date.getTime() + Number(offset.slice(0, 3)) * HOUR_MS);
}

/** "2020-06-15" where the province is. */
export const isoDay = (date) => shifted(date).toISOString().slice(0, 10);

/** "2020-06-15T06:45", the form a datetime-local input wants. */
export const localInput = (date) => shifted(date).toISOString().slice(0, 16);

/** The ISO time, with its offset, of a local day and "HH:MM", some days later. */
export function isoAt(date, hhmm, daysLater = 0) {
  const day = isoDay(new Date(date.getTime() + daysLater * DAY_MS));
  return `${day}T${hhmm}:00${offset}`;
}

export const isoFromInput = (value) => `${value.length === 16 ? `${value}:00` : value}${offset}`;
