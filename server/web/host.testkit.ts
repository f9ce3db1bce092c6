import { request } from "node:http";

/** The status of a GET at a port of this machine, under a `Host` of one's choice (fetch does not let one choose). */
export function statusFor(port: number, path: string, host: string | string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = [host].flat().flatMap((name) => ["Host", name]);
    request({ host: "127.0.0.1", port, path, headers, setHost: false, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .once("error", reject)
      .end();
  });
}
