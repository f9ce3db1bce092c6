/** Stands in for Next in a web process that serves the REST API alone: nothing has to be built before it can start. */
export default function noPages() {
  return {
    prepare: () => Promise.resolve(),
    getRequestHandler: () => () => Promise.reject(new Error("This web process has no pages.")),
  };
}
