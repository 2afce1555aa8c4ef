import { queryOptions } from "@tanstack/react-query";
import type { ImportRun } from "../../contracts/imports";
import { getJson } from "../api";

/** The newest imports with their reports (admins). */
export const importsQuery = queryOptions({
  queryKey: ["imports"],
  queryFn: ({ signal }) => getJson<ImportRun[]>("/api/admin/imports", {}, signal),
});
