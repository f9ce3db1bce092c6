import { z } from "zod";
import type { Json } from "@/core/json";

/**
 * JSON in what a request sends. The gate that every request passes has looked at each value already (`findInadmissible`); doing so
 * again with `z.json()` takes several times as long as everything else that is done with a large body.
 */
export const admittedJson = z.custom<Json>((value) => value !== undefined, "A JSON value is missing.");

export const admittedObject = z.record(z.string(), admittedJson);
