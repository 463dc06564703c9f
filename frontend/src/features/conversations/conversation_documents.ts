import { graphql } from "@/graphql/generated";

export const ListedFields = graphql(`
  fragment ListedFields on Conversation {
    id
    title
    updatedAt
    pinned
    archived
    tags
    removedAt
    viewerCanChange
    viewerCanRemove
  }
`);

/** A page of a view; with `pinned` the pinned ones as well, wherever in the list they stand. */
export const ConversationsQuery = graphql(`
  query Conversations($first: Int!, $after: String, $filter: ConversationFilter!, $pinned: Boolean!) {
    conversations(first: $first, after: $after, filter: $filter) {
      edges {
        node {
          ...ListedFields
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
    pinned: conversations(first: 200, filter: { pinned: true }) @include(if: $pinned) {
      edges {
        node {
          ...ListedFields
        }
      }
    }
  }
`);

export const TagsQuery = graphql(`
  query Tags {
    tags {
      tag
      conversations
    }
  }
`);

export const SearchQuery = graphql(`
  query Search($text: String!, $first: Int!, $after: String) {
    search(text: $text, first: $first, after: $after) {
      edges {
        cursor
        node {
          conversation {
            id
            title
          }
          turn {
            id
          }
          in
          excerpt
          marks {
            start
            end
          }
          at
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      upToDate
    }
  }
`);

export const ChangeConversationMutation = graphql(`
  mutation ChangeConversation($input: ChangeConversationInput!) {
    changeConversation(input: $input) {
      conversation {
        ...ListedFields
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

export const RestoreConversationMutation = graphql(`
  mutation RestoreConversation($id: ID!) {
    restoreConversation(input: { id: $id }) {
      conversation {
        ...ListedFields
      }
    }
  }
`);
