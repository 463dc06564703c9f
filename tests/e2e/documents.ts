import type { Request } from "@playwright/test";

import texts from "../../frontend/src/graphql/generated/persisted-documents.json" with { type: "json" };

const byId = new Map<unknown, string>(Object.entries(texts));

/** The text of the GraphQL document that the app asks for by its id; empty for a request that names none. */
export function documentOf(request: Request): string {
  if (!new URL(request.url()).pathname.startsWith("/graphql")) return "";
  const { documentId } = request.postDataJSON() as { documentId?: unknown };
  return byId.get(documentId) ?? "";
}
