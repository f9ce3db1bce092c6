import { serveRest } from "@/server/api/rest/serve";

export {
  serveRest as DELETE,
  serveRest as GET,
  serveRest as HEAD,
  serveRest as OPTIONS,
  serveRest as PATCH,
  serveRest as POST,
  serveRest as PUT,
};
