/** Where next-auth may lead: `url` when it stays on the origin of `base`, otherwise the start page. */
export function redirectWithin(url: string, base: string): string {
  // An absolute address is the same for whoever reads it; a path could become another host on the way.
  const target = URL.canParse(url, base) ? new URL(url, base) : null;
  return target !== null && target.origin === new URL(base).origin ? target.href : base;
}
