import { IdParams } from "@/lib/contracts/common";
import { FinishSignInBody } from "@/lib/contracts/sign-ins";
import { route } from "@/lib/server/http/route";
import { finishSignIn } from "@/lib/services/sign-ins/finish-sign-in";

export const POST = route({
  who: "admin",
  params: IdParams,
  body: FinishSignInBody,
  run: finishSignIn,
});
