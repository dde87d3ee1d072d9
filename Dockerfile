# The command line for a CI that has no Node. Build: docker build -t conform .
# Run, with runs and reports kept on the host:
#   docker run --rm --user "$(id -u):$(id -g)" -v "$PWD:/work" \
#     -e WELLSKY_CLIENT_ID -e WELLSKY_CLIENT_SECRET -e WELLSKY_AGENCY_ID conform check --target sandbox
# A folder spec/ in the mounted directory goes before the one in the image.

FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY . .
# What is installed beside the package is of the lock file: what it needs itself, and the package of the cache with
# PostgreSQL. Vitest and TypeScript, for `conform suites` and `conform generate`, are left out.
RUN npm ci --no-audit --no-fund && npm pack --ignore-scripts --pack-destination /packed \
  && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
  && mkdir -p /package/packages && tar -xzf /packed/*.tgz -C /package --strip-components=1 \
  && cp -R node_modules /package/ && cp -R packages/caller-id /package/packages/ \
  && ln -sfn .. /package/node_modules/wellsky-conform

FROM node:22-bookworm-slim
LABEL org.opencontainers.image.title="conform" \
  org.opencontainers.image.description="Contract testing and API conformance: asks what an API really does, says why it refuses, and proves it." \
  org.opencontainers.image.licenses="MIT"
ENV NODE_ENV=production
COPY --from=build /package /opt/conform
RUN ln -s /opt/conform/dist/bin/conform.js /usr/local/bin/conform && chmod +x /opt/conform/dist/bin/conform.js \
  && mkdir /work && chown node:node /work
WORKDIR /work
# Not root: PostgreSQL, which `conform bench` starts, refuses to run as root, and nothing else needs it either.
USER node
ENTRYPOINT ["conform"]
CMD ["check"]
