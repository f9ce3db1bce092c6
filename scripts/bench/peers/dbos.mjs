import { createServer } from "node:http";
import { createRequire } from "node:module";
import { text } from "node:stream/consumers";
import { emit, stepNames } from "./steps.mjs";

// `node dbos.mjs <folder of its packages> <port>`, with its database in DATABASE_URL: five steps of DBOS behind Node's own HTTP server.
const [folder, port] = process.argv.slice(2);
const { DBOS } = createRequire(`${folder}/package.json`)("@dbos-inc/dbos-sdk");

const bench = DBOS.registerWorkflow(
  async (input) => {
    let output;
    for (const name of stepNames) output = await DBOS.runStep(() => emit(name, input), { name });
    return output;
  },
  { name: "bench" },
);
DBOS.setConfig({ name: "bench", systemDatabaseUrl: process.env.DATABASE_URL, logLevel: "error" });
await DBOS.launch();

async function answer(request, response) {
  try {
    const output = await bench(JSON.parse(await text(request)));
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(output));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
}

const server = createServer((request, response) => void answer(request, response));
server.listen(Number(port), "127.0.0.1", () => console.log("ready"));
