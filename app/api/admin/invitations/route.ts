import { CreateInvitationBody } from "@/lib/contracts/users";
import { route } from "@/lib/server/http/route";
import { createInvitation } from "@/lib/services/users/create-invitation";
import { listInvitations } from "@/lib/services/users/list-invitations";

export const GET = route({ who: "admin", run: listInvitations });
export const POST = route({
  who: "admin",
  body: CreateInvitationBody,
  status: 201,
  run: createInvitation,
});
