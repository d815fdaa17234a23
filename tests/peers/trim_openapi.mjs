// Writes the part of GitHub's own OpenAPI description that the REST plan uses: node trim_openapi.mjs FILE
import fs from "node:fs";

const file = new URL("node_modules/@octokit/openapi/generated/api.github.com.deref.json", import.meta.url);
const whole = JSON.parse(fs.readFileSync(file, "utf8"));
const kept = [
  "/rate_limit",
  "/users/{username}",
  "/users/{username}/repos",
  "/search/issues",
  "/repos/{owner}/{repo}/git/trees/{tree_sha}",
  "/repos/{owner}/{repo}/contributors",
];
const paths = {};
for (const path of kept) paths[path] = { get: whole.paths[path].get };
fs.writeFileSync(process.argv[2], JSON.stringify({ openapi: whole.openapi, info: whole.info, paths }));
