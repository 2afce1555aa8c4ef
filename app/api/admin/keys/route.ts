import { AdminCreateKeyBody, AllKeysQuery } from "@/lib/contracts/keys";
import { route } from "@/lib/server/http/route";
import { createKeyFor } from "@/lib/services/keys/create-key";
import { listAllKeys } from "@/lib/services/keys/list-all-keys";

export const GET = route({ who: "admin", query: AllKeysQuery, run: listAllKeys });
export const POST = route({
  who: "admin",
  body: AdminCreateKeyBody,
  status: 201,
  run: createKeyFor,
});
