import { graphql } from "@/graphql/generated";

export const KeyFields = graphql(`
  fragment KeyFields on Key {
    id
    name
    prefix
    createdAt
    expiresAt
    lastUsedAt
    current
    viewerCanRevoke
  }
`);

export const AccessQuery = graphql(`
  query Access($userId: ID!, $from: DateTime!) {
    user(id: $userId) {
      id
      keys {
        ...KeyFields
      }
      use(from: $from) {
        prompts
        finished
        failed
        stopped
        promptTokens
        replyTokens
        estimatedTokens
        unknownTokens
        seconds
      }
    }
  }
`);

export const AddKeyMutation = graphql(`
  mutation AddKey($input: AddKeyInput!) {
    addKey(input: $input) {
      key
      issued {
        ...KeyFields
      }
    }
  }
`);

export const RenameKeyMutation = graphql(`
  mutation RenameKey($input: RenameKeyInput!) {
    renameKey(input: $input) {
      key {
        ...KeyFields
      }
    }
  }
`);

export const RevokeKeyMutation = graphql(`
  mutation RevokeKey($id: ID!) {
    revokeKey(input: { id: $id }) {
      id
    }
  }
`);

export const SessionsQuery = graphql(`
  query Sessions {
    viewer {
      id
      sessions
    }
  }
`);

export const SignOutEverywhereMutation = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere {
      sessions
    }
  }
`);

export const RetrieveAccessTokenMutation = graphql(`
  mutation RetrieveAccessToken($input: RetrieveAccessTokenInput!) {
    retrieveAccessToken(input: $input) {
      accessToken
      expiresAt
    }
  }
`);
