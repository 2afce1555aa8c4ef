import { route } from "@/lib/server/http/route";
import { readModelPrices } from "@/lib/services/models/read-model-prices";

export const GET = route({ who: "admin", run: readModelPrices });
