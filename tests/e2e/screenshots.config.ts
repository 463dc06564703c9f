import config from "./playwright.config";

/** Not a test of anything: `make screenshots` keeps what there is to see. */
export default { ...config, testMatch: "screenshots.ts", fullyParallel: true, use: { ...config.use, actionTimeout: 10_000 } };
