# One image for every role; HOLDPOINT_ROLE says what a container runs. docs/operations.md walks through an installation.
FROM node:26.10.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm install --no-save --include=dev --no-audit --no-fund
COPY . .
RUN npm run build && npm prune --omit=dev --no-audit --no-fund

FROM node:26.10.0-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    HOLDPOINT_WORKER_PORT=3001 \
    HOLDPOINT_DATA_DIR=/data \
    HOLDPOINT_LOGS=stdout
RUN mkdir /data && chown node:node /app /data
COPY --from=build --chown=node:node /app ./
USER node
EXPOSE 3000 3001
HEALTHCHECK --interval=10s --timeout=6s --start-period=120s --retries=3 CMD ["node", "scripts/healthcheck.mjs"]
CMD ["node", "scripts/start.mjs"]
