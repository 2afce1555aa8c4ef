import { BeginSignInBody } from "@/lib/contracts/sign-ins";
import { route } from "@/lib/server/http/route";
import { beginSignIn } from "@/lib/services/sign-ins/begin-sign-in";

export const POST = route({ who: "admin", body: BeginSignInBody, status: 201, run: beginSignIn });
