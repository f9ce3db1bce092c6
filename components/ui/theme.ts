export type Theme = "system" | "light" | "dark";

export const themeCookie = "holdpoint_theme";

/** Reads the cookie's value; anything unknown means the system's choice. */
export function readTheme(value: string | undefined): Theme {
  return value === "light" || value === "dark" ? value : "system";
}
