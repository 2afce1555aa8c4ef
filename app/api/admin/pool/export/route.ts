import { ExportPoolBody } from "@/lib/contracts/imports";
import { route } from "@/lib/server/http/route";
import { exportPool } from "@/lib/services/imports/export-pool";

export const POST = route({ who: "admin", body: ExportPoolBody, run: exportPool });
