import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema.graphql",
  documents: ["frontend/src/**/*.{ts,tsx}", "!frontend/src/graphql/generated/**"],
  generates: {
    "frontend/src/graphql/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
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
