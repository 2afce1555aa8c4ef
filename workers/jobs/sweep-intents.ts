import { jobs } from "../../lib/contracts/jobs";
import { sweepDeadOwners } from "../../lib/services/usage/upkeep";
import { on } from "../runtime/handler";

export const sweepIntents = on(jobs.sweepIntents, sweepDeadOwners);
