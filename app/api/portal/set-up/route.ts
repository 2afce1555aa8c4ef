import { SetUpBody } from "@/lib/contracts/auth";
import { route } from "@/lib/server/http/route";
import { setUp } from "@/lib/services/auth/set-up";

export const POST = route({ who: "anyone", body: SetUpBody, status: 201, run: setUp });
