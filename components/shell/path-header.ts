/** The request header in which proxy.ts tells layouts which page was asked for: they cannot know otherwise. */
export const pathHeader = "x-holdpoint-path";
