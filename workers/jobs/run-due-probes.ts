import { jobs } from "../../lib/contracts/jobs";
import { runDueProbes as run } from "../../lib/services/accounts/run-due-probes";
import { on } from "../runtime/handler";

export const runDueProbes = on(jobs.runDueProbes, ({ system }) => run(system));
