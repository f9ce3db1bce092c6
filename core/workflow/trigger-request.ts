/** What a webhook's expressions see of the call beside its body, under `request`. */
export const requestFields = ["method", "headers", "query", "contentType"] as const;

const secretWords =
  /authori[sz]ation|(?:^|-)auth(?:-|$)|cookie|session|jwt|signature|secret|token|password|passwd|credential|hmac|api-?key|access-?key|^x-forwarded-|^forwarded$|^x-real-ip$/;

/**
 * Whether a header may be seen by expressions and is kept with the call. What proves who sent it never is: authorization, cookies,
 * signatures, tokens. Neither are the addresses that proxies add.
 */
export function isSeenHeader(name: string): boolean {
  return !secretWords.test(name.toLowerCase());
}
