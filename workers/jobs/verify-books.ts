import { jobs } from "../../lib/contracts/jobs";
import { checkBooks } from "../../lib/services/usage/upkeep";
import { on } from "../runtime/handler";

export const verifyBooks = on(jobs.verifyBooks, checkBooks);
