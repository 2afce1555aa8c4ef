import { CreateUserBody, UserListQuery } from "@/lib/contracts/users";
import { route } from "@/lib/server/http/route";
import { createUser } from "@/lib/services/users/create-user";
import { listUsers } from "@/lib/services/users/list-users";

export const GET = route({ who: "admin", query: UserListQuery, run: listUsers });
export const POST = route({ who: "admin", body: CreateUserBody, status: 201, run: createUser });
