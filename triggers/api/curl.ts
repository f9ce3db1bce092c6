import type { JsonObject } from "@/core/json";
import { curl } from "@/triggers/curl";

/** A start through the API from a terminal, with a key. */
export function apiCurl(baseUrl: string, slug: string, input: JsonObject): string {
  return curl(`${baseUrl}/api/workflows/${slug}/executions`, ["Authorization: Bearer YOUR_API_KEY"], { input });
}
