import { createServer, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

export interface SmtpServer {
  url: string;
  messages: { from: string; to: string[]; data: string }[];
  close(): Promise<void>;
}

/** A real SMTP receiver on loopback, as much of it as a message needs. `answerTo` decides on a recipient. */
export async function smtpServer(answerTo: (recipient: string) => string = () => "250 OK"): Promise<SmtpServer> {
  const messages: SmtpServer["messages"] = [];
  const server = createServer((socket) => {
    talk(socket, answerTo, messages);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is never a pipe name.
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${String(port)}`,
    messages,
    close: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

function talk(socket: Socket, answerTo: (recipient: string) => string, messages: SmtpServer["messages"]): void {
  let pending = "";
  let data: string[] | null = null;
  let from = "";
  let to: string[] = [];
  const say = (line: string): void => void socket.write(`${line}\r\n`);
  const address = (line: string): string => /<([^>]*)>/.exec(line)?.[1] ?? "";
  say("220 loopback");
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => {
    pending += chunk.toString("utf8");
    for (let end = pending.indexOf("\r\n"); end >= 0; end = pending.indexOf("\r\n")) {
      const line = pending.slice(0, end);
      pending = pending.slice(end + 2);
      if (data !== null) {
        if (line !== ".") data.push(line);
        else {
          messages.push({ from, to, data: data.join("\n") });
          data = null;
          say("250 Taken");
        }
      } else if (/^(EHLO|HELO)/i.test(line)) say("250 loopback");
      else if (/^MAIL FROM/i.test(line)) {
        from = address(line);
        to = [];
        say("250 OK");
      } else if (/^RCPT TO/i.test(line)) {
        to.push(address(line));
        say(answerTo(address(line)));
      } else if (/^DATA/i.test(line)) {
        data = [];
        say("354 Go on");
      } else if (/^QUIT/i.test(line)) {
        say("221 Bye");
        socket.end();
      } else say("250 OK");
    }
  });
}
