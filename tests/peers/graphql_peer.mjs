// Serves GitHub's published GraphQL schema as a mock on loopback; prints its port.
// GET /log gives every operation with the errors of its validation and execution.
import fs from "node:fs";
import http from "node:http";
import { addMocksToSchema } from "@graphql-tools/mock";
import { buildSchema, graphql, parse, validate } from "graphql";

const file = new URL("node_modules/@octokit/graphql-schema/schema.graphql", import.meta.url);
const source = fs.readFileSync(file, "utf8");
const published = buildSchema(source, { assumeValid: true });
const day = () => "2024-01-02T03:04:05Z";
const schema = addMocksToSchema({
  schema: published,
  mocks: {
    DateTime: day, PreciseDateTime: day, GitTimestamp: day, Date: () => "2024-01-02",
    URI: () => "https://example.org/x", GitObjectID: () => "0".repeat(40), HTML: () => "<p>x</p>",
    BigInt: () => "7", Base64String: () => "eA==", GitSSHRemote: () => "x", X509Certificate: () => "x",
    TreeEntry: () => ({ name: "README.md", type: "blob", size: 9 }),
    Int: () => 12, Boolean: () => false,
    Node: () => ({ __typename: "Repository" }),
    SearchResultItem: () => ({ __typename: "PullRequest" }),
    PinnableItem: () => ({ __typename: "Repository" }),
    RepositoryOwner: () => ({ __typename: "User" }),
    Actor: () => ({ __typename: "User" }),
  },
  resolvers: (store) => ({
    Ref: { target: () => store.get("Commit", "c") },
    Repository: {
      object: (_, args) => store.get(/HEAD:($|\.github\/workflows$)/.test(args.expression) ? "Tree" : "Blob", args.expression),
    },
    TreeEntry: { object: () => store.get("Blob", "b") },
  }),
});
const log = [];

http
  .createServer((request, response) => {
    const answer = (value) => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(value));
    };
    if (request.method === "GET") return answer(log);
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", async () => {
      const { query, variables } = JSON.parse(body);
      const document = parse(query);
      const wrong = validate(published, document);
      const result = await graphql({ schema, source: query, variableValues: variables });
      const name = document.definitions[0].name.value;
      log.push({ name, errors: [...wrong, ...(result.errors ?? [])].map((error) => error.message) });
      answer(result);
    });
  })
  .listen(0, "127.0.0.1", function () {
    console.log(this.address().port);
  });
