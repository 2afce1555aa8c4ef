import { jobs } from "../../lib/contracts/jobs";
import { makePartitionsAhead } from "../../lib/services/usage/upkeep";
import { on } from "../runtime/handler";

export const makePartitions = on(jobs.makePartitions, makePartitionsAhead);
