import { graphql } from "@/graphql/generated";

export const UserFields = graphql(`
  fragment UserFields on User {
    id
    name
    role
    plus
    mayUsePlus
    externalId
    createdAt
    disabledAt
    mayCall
    lastUsedAt
    removedAt
    viewerCanChange
    viewerCanRemove
    owner {
      id
      name
    }
  }
`);

export const UsersQuery = graphql(`
  query Users($first: Int!, $after: String, $filter: UserFilter) {
    users(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          ...UserFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const PromptsByUserQuery = graphql(`
  query PromptsByUser($from: DateTime!, $to: DateTime!) {
    use(from: $from, to: $to, by: [USER]) {
      rows {
        user {
          id
        }
        prompts
      }
    }
  }
`);

export const UserQuery = graphql(`
  query User($id: ID!) {
    user(id: $id) {
      ...UserFields
    }
  }
`);

export const IssueKeyMutation = graphql(`
  mutation IssueKey($input: IssueKeyInput!) {
    issueKey(input: $input) {
      key
      user {
        ...UserFields
      }
    }
  }
`);

export const ChangeUserMutation = graphql(`
  mutation ChangeUser($input: ChangeUserInput!) {
    changeUser(input: $input) {
      user {
        ...UserFields
      }
    }
  }
`);

export const RemoveUserMutation = graphql(`
  mutation RemoveUser($id: ID!) {
    removeUser(input: { id: $id }) {
      id
    }
  }
`);
