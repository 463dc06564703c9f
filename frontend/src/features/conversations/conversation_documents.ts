import { graphql } from "@/graphql/generated";

export const ConversationsQuery = graphql(`
  query Conversations($first: Int!, $after: String) {
    conversations(first: $first, after: $after) {
      edges {
        node {
          id
          title
          updatedAt
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const RemoveConversationMutation = graphql(`
  mutation RemoveConversation($id: ID!) {
    removeConversation(input: { id: $id }) {
      id
    }
  }
`);
