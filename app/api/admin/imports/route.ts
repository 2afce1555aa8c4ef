import { ImportBody, MAX_IMPORT_BYTES } from "@/lib/contracts/imports";
import { route } from "@/lib/server/http/route";
import { runImport } from "@/lib/services/imports/run-import";
import { listImports } from "@/lib/services/imports/show-import";

export const GET = route({ who: "admin", run: listImports });
export const POST = route({
  who: "admin",
  body: ImportBody,
  maxBytes: MAX_IMPORT_BYTES,
  status: 201,
  run: runImport,
});
