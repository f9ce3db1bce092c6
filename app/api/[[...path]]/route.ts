import { serveRest } from "@/server/routes/serve-rest";

export {
  serveRest as DELETE,
  serveRest as GET,
  serveRest as HEAD,
  serveRest as OPTIONS,
  serveRest as PATCH,
  serveRest as POST,
  serveRest as PUT,
};
