"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ImportBody, ImportReport, ImportRun, UndoneImport } from "../../contracts/imports";
import { piece, sendForResponse, sendJson } from "../api";

/** Tells what an import would do; changes nothing. */
export function usePreviewImport() {
  return useMutation({
    mutationFn: (body: ImportBody) =>
      sendJson<ImportReport>("POST", "/api/admin/imports/preview", body),
  });
}

/** Takes accounts and keys over. */
export function useRunImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ImportBody) => sendJson<ImportRun>("POST", "/api/admin/imports", body),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Takes back what an import made and nobody touched since. */
export function useUndoImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) =>
      sendJson<UndoneImport>("POST", `/api/admin/imports/${piece(id)}/undo`),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** The text of the pool's export. */
export function useExportPool() {
  return useMutation({
    mutationFn: async (withSecrets: boolean) => {
      const response = await sendForResponse("POST", "/api/admin/pool/export", { withSecrets });
      return response.text();
    },
  });
}
