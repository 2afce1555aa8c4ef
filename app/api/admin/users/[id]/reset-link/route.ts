import { IdParams } from "@/lib/contracts/common";
import { route } from "@/lib/server/http/route";
import { createResetLink } from "@/lib/services/users/create-reset-link";

export const POST = route({ who: "admin", params: IdParams, status: 201, run: createResetLink });
