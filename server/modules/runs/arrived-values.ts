import { type Json } from "@/core/json";
import { type Mask } from "./sensitive";
import { coverAt, hiddenMark } from "./sensitive-paths";

/**
 * What came in and started runs (an event, a call), as far as whoever looks at those runs sees it. By the place too: mostly what came
 * is the run's input as it is.
 */
export function arrivedShown(value: Json, masks: readonly Mask[]): Json {
  return masks.reduce<Json>(
    (current, mask) => mask(mask.secrets.input.reduce((inner, path) => coverAt(inner, path, hiddenMark), current)),
    value,
  );
}
