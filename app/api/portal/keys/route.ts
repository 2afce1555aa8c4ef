import { CreateKeyBody } from "@/lib/contracts/keys";
import { route } from "@/lib/server/http/route";
import { createKey } from "@/lib/services/keys/create-key";
import { listMyKeys } from "@/lib/services/keys/list-my-keys";

export const GET = route({ who: "member", run: listMyKeys });
export const POST = route({ who: "member", body: CreateKeyBody, status: 201, run: createKey });
