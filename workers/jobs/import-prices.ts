import { jobs } from "../../lib/contracts/jobs";
import { importPrices as importBook } from "../../lib/services/models/import-prices";
import { on } from "../runtime/handler";

export const importPrices = on(jobs.importPrices, importBook);
