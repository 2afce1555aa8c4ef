import { inRoot } from "./lib/paths.mjs";
import { main } from "./lib/steps.mjs";
import { runOnWorkbench } from "./lib/workbench.mjs";

const VITEST = [inRoot("node_modules", "vitest", "vitest.mjs"), "run", "--project=chaos"];

// The full form; the short one is part of `npm test`.
await main(() =>
  runOnWorkbench([...VITEST, ...process.argv.slice(2)], { env: { CHAOS_FULL: "1" } }),
);
