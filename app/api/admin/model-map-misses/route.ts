import { ModelMapMissesBody } from "@/lib/contracts/accounts";
import { route } from "@/lib/server/http/route";
import { readModelMapMisses } from "@/lib/services/accounts/read-model-map-misses";

export const POST = route({ who: "admin", body: ModelMapMissesBody, run: readModelMapMisses });
