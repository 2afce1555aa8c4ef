// Who may import whom. The table is the whole truth: each layer names what it may use of the
// project, each package the only places that may use it. Paths are matched as they resolve, so an
// alias or a relative path makes no difference. lib/testing/boundaries.test.ts plants one violation
// of each rule and sees it caught.

const EVERYTHING = ["app", "lib", "workers", "server\\.ts", "scripts", "e2e", "bench"];
const TESTS = "\\.(test|e2e)\\.tsx?$|\\.test\\.mjs$";

/** layer → the layers that it may import besides itself. */
const LAYERS = {
  shared: [],
  contracts: ["shared"],
  relay: ["shared"],
  db: ["shared", "generated"],
  redis: ["shared"],
  jobs: ["contracts", "redis", "shared"],
  services: ["jobs", "redis", "db", "relay", "contracts", "shared"],
  server: ["services", "jobs", "redis", "db", "relay", "contracts", "shared"],
  client: ["contracts", "shared"],
  ui: ["shared"],
  app: ["server", "services", "client", "ui", "contracts", "shared"],
  workers: ["server", "services", "contracts", "shared"],
  "server.ts": ["server", "services", "contracts", "shared"],
  scripts: ["shared"],
};

/** Layers whose folder is not `lib/<name>`. */
const PLACES = {
  app: "^app/",
  workers: "^workers/",
  "server.ts": "^server\\.ts$",
  scripts: "^scripts/",
};
const placeOf = (layer) => PLACES[layer] ?? `^lib/${layer}/`;

/** package → the only places that may import it. */
const PACKAGES = {
  prisma: { modules: "@prisma/|prisma/", only: ["^lib/db/", "^lib/generated/", "^prisma"] },
  ioredis: { modules: "ioredis/", only: ["^lib/redis/"] },
  bullmq: { modules: "bullmq/", only: ["^lib/jobs/", "^workers/runtime/"] },
  undici: { modules: "undici/", only: ["^lib/server/"] },
  next: {
    modules: "next(-auth|-intl|-themes)?/",
    only: ["^app/", "^lib/server/", "^lib/ui/", "^server\\.ts$", "^[^/]+\\.config\\.ts$"],
  },
  react: {
    modules: "react(-dom)?/|@tanstack/react-",
    // The loader of a page's reader is cached per page by React.
    only: ["^app/", "^lib/client/", "^lib/ui/", "^lib/server/page\\.ts$"],
  },
};

// Tests and their scenery may import anything.
const FREE = `${TESTS}|^lib/testing/|^lib/relay/testing/|^e2e/|^bench/`;
const inside = `^(${EVERYTHING.join("|")})`;

const layerRules = Object.entries(LAYERS).map(([layer, allowed]) => ({
  name: `layer-${layer.replace(".", "-")}`,
  comment: `${layer} may import ${allowed.join(", ") || "nothing"} and itself`,
  severity: "error",
  from: { path: placeOf(layer), pathNot: FREE },
  to: { path: inside, pathNot: [layer, ...allowed].map(placeOf) },
}));

const packageRules = Object.entries(PACKAGES).map(([name, { modules, only }]) => ({
  name: `package-${name}`,
  comment: `${name} only in ${only.join(", ")}`,
  severity: "error",
  from: { path: inside, pathNot: [...only, FREE] },
  to: { path: `(^|/)node_modules/(${modules})` },
}));

const pure = {
  name: "relay-is-pure",
  // The three others compute and ask nothing of Node or of the network: a signature, a token's assertion,
  // the framing of an event stream.
  comment:
    "lib/relay needs shared and zod, and providers their own wire; types of a provider's SDK may be named",
  severity: "error",
  from: { path: "^lib/relay/", pathNot: FREE },
  to: {
    dependencyTypes: ["core", "npm", "npm-dev", "npm-no-pkg", "npm-unknown", "unknown"],
    dependencyTypesNot: ["type-only"],
    pathNot: "(^|/)node_modules/(zod|aws4fetch|jose|@smithy/eventstream-codec)/",
  },
};

const lean = {
  name: "scripts-need-nothing-installed",
  comment: "scripts run before anything is installed",
  severity: "error",
  from: { path: "^scripts/", pathNot: FREE },
  to: { path: "(^|/)node_modules/" },
};

const browserSafe = {
  name: "browser-safe",
  comment: "what a browser loads uses none of Node",
  severity: "error",
  from: { path: "^lib/(shared|contracts|client)/", pathNot: FREE },
  to: { dependencyTypes: ["core"] },
};

const structure = [
  {
    name: "protocols-apart",
    comment: "a wire format never imports another one",
    severity: "error",
    from: { path: "^lib/relay/protocols/([^/]+)/", pathNot: FREE },
    to: { path: "^lib/relay/protocols/[^/]+/", pathNot: "^lib/relay/protocols/$1/" },
  },
  {
    name: "providers-apart",
    comment: "a kind of account never imports another one",
    severity: "error",
    from: { path: "^lib/relay/providers/([^/]+)/", pathNot: FREE },
    to: { path: "^lib/relay/providers/[^/]+/", pathNot: "^lib/relay/providers/$1/" },
  },
  {
    name: "private-files",
    comment: "_file stays in its folder",
    severity: "error",
    // Folders of app carry brackets, which cannot be put into a pattern; they use _parts/ instead.
    from: { path: "^((?:lib|workers|scripts|e2e|bench)/.+)/[^/]+$" },
    to: { path: "/_[^/]+\\.[a-z]+$", pathNot: "^$1/_[^/]+$" },
  },
  {
    name: "tests-are-ends",
    comment: "nothing imports a test, its scenery or a measurement",
    severity: "error",
    from: { path: inside, pathNot: FREE },
    to: { path: FREE },
  },
  {
    name: "four-levels",
    comment: "at most four folder levels under lib",
    severity: "error",
    from: { path: inside },
    to: { path: "^lib/[^/]+/[^/]+/[^/]+/[^/]+/[^/]+/", pathNot: "^lib/generated/" },
  },
  {
    name: "no-cycles",
    comment: "a cycle has no top to be read from",
    severity: "error",
    from: { pathNot: "^lib/generated/" },
    to: { circular: true },
  },
  {
    name: "resolvable",
    comment: "an import must lead somewhere",
    severity: "error",
    from: { path: inside, pathNot: "^lib/generated/" },
    to: { couldNotResolve: true },
  },
  {
    name: "no-orphans",
    comment: "code that nothing imports and that imports nothing",
    severity: "error",
    from: {
      orphan: true,
      path: inside,
      // Loaded by Node's --import, which no import shows.
      pathNot: [TESTS, "^lib/generated/", "\\.d\\.ts$", "^scripts/lib/follow-parent\\.mjs$"],
    },
    to: {},
  },
];

export default {
  forbidden: [...layerRules, ...packageRules, pure, lean, browserSafe, ...structure],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(\\.next|dist|\\.data|\\.cache|node_modules/\\.cache)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".css"],
    },
  },
};
