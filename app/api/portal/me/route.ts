import { UpdateMeBody } from "@/lib/contracts/auth";
import { route } from "@/lib/server/http/route";
import { readMe } from "@/lib/services/auth/read-me";
import { updateMe } from "@/lib/services/auth/update-me";

export const GET = route({ who: "member", run: readMe });
export const PATCH = route({ who: "member", body: UpdateMeBody, run: updateMe });
