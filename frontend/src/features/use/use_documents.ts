import { graphql } from "@/graphql/generated";

export const UseFields = graphql(`
  fragment UseFields on UseRow {
    start
    user {
      id
      name
    }
    client {
      id
      name
    }
    account
    model
    prompts
    finished
    failed
    stopped
    promptTokens
    replyTokens
    estimatedTokens
    estimatedPrompts
    unknownTokens
    seconds
  }
`);

export const UseQuery = graphql(`
  query Use($from: DateTime!, $to: DateTime!, $by: [UseDimension!]!, $step: UseStep!, $filter: UseFilter!) {
    use(from: $from, to: $to, by: $by, step: $step, filter: $filter) {
      rows {
        ...UseFields
      }
    }
  }
`);

export const UserNameQuery = graphql(`
  query UserName($id: ID!) {
    user(id: $id) {
      id
      name
    }
  }
`);
