import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { undoImport } from "@/lib/services/imports/undo-import";

export const POST = route({ who: "admin", params: IdParams, run: undoImport });
