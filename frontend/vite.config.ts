import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const WORTH_PACKING = 1024; // bytes
const server = { target: "http://127.0.0.1:8000", changeOrigin: false };

/** The entry only clears secrets from the address and then imports the app: have the browser fetch the app meanwhile. */
function fetchAppEarly(): Plugin {
  return {
    name: "fetch-app-early",
    transformIndexHtml: {
      order: "post",
      handler(_html, { bundle }) {
        const app = Object.values(bundle ?? {}).find((part) => part.type === "chunk" && part.name === "app");
        if (app?.type !== "chunk") return [];
        const tag = (rel: string, file: string) => ({
          tag: "link",
          attrs: { rel, href: `./${file}`, crossorigin: true },
          injectTo: "head" as const,
        });
        // What the app builds on comes first: its own rules stand above those of the parts.
        const parts = [...app.imports, app.fileName].map((name) => bundle?.[name]);
        const sheets = parts.flatMap((part) => (part?.type === "chunk" ? [...(part.viteMetadata?.importedCss ?? [])] : []));
        const styles = [...new Set(sheets)].map((file) => tag("stylesheet", file));
        return [...styles, ...[app.fileName, ...app.imports].map((file) => tag("modulepreload", file))];
      },
    },
  };
}

/** The app names its documents by their ids: the texts go to the server beside it, and nowhere else. */
function documentsByTheirIds(): Plugin {
  const call = /\bgraphql\(`\s*(query|mutation|subscription|fragment)\s+(\w+)[^`]*`\)/g;
  return {
    name: "documents-by-their-ids",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (!id.endsWith("_documents.ts")) return null;
      const named = code.replace(call, (_, kind: string, name: string) =>
        kind === "fragment" ? `generated.${name}FragmentDoc` : `generated.${name}Document`,
      );
      return `import * as generated from "@/graphql/generated/graphql";\n${named}`;
    },
    generateBundle() {
      const source = readFileSync(here("./src/graphql/generated/persisted-documents.json"));
      this.emitFile({ type: "asset", fileName: "graphql/documents.json", source });
    },
  };
}

interface Modules {
  getModuleInfo: (id: string) => { importedIds: readonly string[] } | null;
}

/** What a module imports at once, whatever that imports, and itself. */
function closure(id: string, modules: Modules, found = new Set<string>()): Set<string> {
  if (found.has(id)) return found;
  found.add(id);
  for (const each of modules.getModuleInfo(id)?.importedIds ?? []) closure(each, modules, found);
  return found;
}

/** What the app imports at once is one file: a browser that fetches six at a time would wait for a dozen small ones in turn. */
function firstLoad(): (id: string, modules: Modules) => string | null {
  let app: Set<string> | null = null;
  return (id, modules) => {
    if (app === null) {
      app = closure(here("./src/app.tsx"), modules);
      // The entry comes first and stays small.
      for (const each of closure(here("./src/main.ts"), modules)) app.delete(each);
    }
    return app.has(id) ? "app" : null;
  };
}

/** The server sends the smallest packed neighbour of a file that the browser takes. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    // From the disk: the files are still changed after the bundle is generated.
    writeBundle({ dir = "." }, bundle) {
      for (const name of Object.keys(bundle).filter((each) => /\.(js|css|svg)$/.test(each))) {
        const content = readFileSync(join(dir, name));
        if (content.length < WORTH_PACKING) continue;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(content, { level: 9 }));
        const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(content, { params }));
      }
    },
  };
}

export default defineConfig({
  root: here("."),
  base: "./",
  plugins: [documentsByTheirIds(), react(), fetchAppEarly(), packed()],
  resolve: { alias: { "@": here("./src") } },
  build: {
    outDir: here("../backend/static"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: "es2023",
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: firstLoad() }] } } },
  },
  server: {
    proxy: {
      "/graphql": server,
      "/session": server,
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: [here("./test-setup.ts")],
    restoreMocks: true,
    testTimeout: 30_000,
  },
});
