import { createHash } from "node:crypto";

import type { CodegenConfig } from "@graphql-codegen/cli";

/** The id of a document as the GraphQL-over-HTTP specification has it. */
const documentId = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: ["frontend/src/**/*.{ts,tsx}", "!frontend/src/graphql/generated/**"],
  generates: {
    "frontend/src/graphql/generated/": {
      preset: "client",
      presetConfig: {
        fragmentMasking: false,
        // The app carries ids; the texts go into persisted-documents.json, which the server reads.
        persistedDocuments: {
          mode: "replaceDocumentWithHash",
          hashPropertyName: "documentId",
          hashAlgorithm: documentId,
        },
      },
      config: {
        documentMode: "string",
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: { DateTime: { input: "string", output: "string" } },
        avoidOptionals: { field: true },
      },
    },
  },
};

export default config;
