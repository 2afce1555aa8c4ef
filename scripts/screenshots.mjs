import { main } from "./lib/steps.mjs";
import { runOnWorkbench } from "./lib/workbench.mjs";

const PROGRAM = ["--import", "tsx", "e2e/screenshots/main.ts"];

await main(() => runOnWorkbench([...PROGRAM, ...process.argv.slice(2)], { browser: true }));
