import { main } from "./lib/steps.mjs";
import { runOnWorkbench } from "./lib/workbench.mjs";

await main(() => runOnWorkbench(["--import", "tsx", "bench/main.ts", ...process.argv.slice(2)]));
