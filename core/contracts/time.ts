import { z } from "zod";

const first = Date.UTC(1900, 0, 1);
const last = Date.UTC(9999, 11, 31);

/** A time from outside: ISO 8601 with its distance from UTC, of a year that every part of the product can write. */
export const timeSchema = z.iso.datetime({ offset: true, abort: true }).refine((text) => {
  const time = Date.parse(text);
  return time >= first && time <= last;
}, "must be a time between 1900 and 9999");
