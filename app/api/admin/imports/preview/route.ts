import { ImportBody, MAX_IMPORT_BYTES } from "@/lib/contracts/imports";
import { route } from "@/lib/server/http/route";
import { previewImport } from "@/lib/services/imports/run-import";

export const POST = route({
  who: "admin",
  body: ImportBody,
  maxBytes: MAX_IMPORT_BYTES,
  run: previewImport,
});
