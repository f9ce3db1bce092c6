import { createServer } from "node:http2";
import { createRequire } from "node:module";
import { emit, stepNames } from "./steps.mjs";

// `node restate.mjs <folder of its packages> <port>`: five steps for the Restate server, which calls them here and answers the clients itself.
const [folder, port] = process.argv.slice(2);
const restate = createRequire(`${folder}/package.json`)("@restatedev/restate-sdk");

const bench = restate.service({
  name: "bench",
  handlers: {
    run: async (context, input) => {
      let output;
      for (const name of stepNames) output = await context.run(name, () => emit(name, input));
      return output;
    },
  },
});
const endpoint = restate.createEndpointHandler({ services: [bench] });
createServer(endpoint).listen(Number(port), "127.0.0.1", () => console.log("ready"));
