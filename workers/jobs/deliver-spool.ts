import { jobs } from "../../lib/contracts/jobs";
import { deliverLeftSpools } from "../../lib/services/usage/upkeep";
import { on } from "../runtime/handler";

export const deliverSpool = on(jobs.deliverSpool, deliverLeftSpools);
