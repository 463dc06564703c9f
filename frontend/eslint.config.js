import js from "@eslint/js";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import tseslint from "typescript-eslint";

/** Forbid a room's files to import what lies above it or beside it. */
const room = (name, files, patterns) => ({
  files: files.map((pattern) => `frontend/src/${pattern}`),
  rules: {
    "no-restricted-imports": [
      "error",
      { patterns: patterns.map((regex) => ({ regex, message: `${name} may not import this: see architecture.md, rooms.` })) },
    ],
  },
});

const outside = String.raw`^\.\./`;

export default tseslint.config(
  { ignores: ["**/generated/**", "**/node_modules/**"] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  a11y.flatConfigs.strict,
  hooks.configs.flat.recommended,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ["frontend/eslint.config.js"] }, tsconfigRootDir: new URL("..", import.meta.url).pathname },
    },
    rules: {
      "max-lines": ["error", 300],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["**/*.tsx"],
    ignores: ["**/*.test.tsx"],
    rules: {
      "max-lines": ["error", 200],
      "no-restricted-syntax": [
        "error",
        { selector: "JSXText[value=/[A-Za-z]{2}/]", message: "Words belong into frontend/src/messages." },
        {
          selector: "JSXAttribute[name.name=/^(aria-label|title|placeholder|alt|label|what|todo|text|intro)$/] > Literal",
          message: "Words belong into frontend/src/messages.",
        },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "No HTML from strings." },
        { selector: "JSXOpeningElement[name.name='style']", message: "The CSP forbids style elements." },
      ],
    },
  },
  room("ui", ["ui/**"], ["^@/(?!browser/)", outside]),
  room("a feature", ["features/**"], ["^@/features/", "^@/routes/", "^@/app", outside]),
  room("this room", ["graphql/**", "messages/**", "browser/**", "*.ts"], ["^@/features/", "^@/routes/", "^@/ui/", outside]),
  room("routes", ["routes/**"], ["^@/app", outside]),
  { files: ["**/*.js", "**/*.mjs"], extends: [tseslint.configs.disableTypeChecked] },
  // Tests may show a part with the words it is used with.
  { files: ["**/*.test.tsx"], rules: { "no-restricted-imports": "off" } },
  { files: ["tests/e2e/**", "tests/clients/**"], languageOptions: { globals: globals.node } },
);
