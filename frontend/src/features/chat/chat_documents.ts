import { graphql } from "@/graphql/generated";

export const TurnFields = graphql(`
  fragment TurnFields on Turn {
    id
    position
    followsTurnId
    versions {
      id
    }
    viewerCanAskAgain
    viewerCanStop
    prompt
    reply
    state
    model
    error {
      code
      message
    }
    usage {
      promptTokens
      replyTokens
      source
    }
    historyLeftOut
    createdAt
    startedAt
    endedAt
    durationSeconds
  }
`);

export const RelatedFields = graphql(`
  fragment RelatedFields on Conversation {
    id
    title
    updatedAt
  }
`);

export const ConversationQuery = graphql(`
  query Conversation($id: ID!, $last: Int!, $before: String, $through: ID, $whole: Boolean!) {
    conversation(id: $id) {
      id
      title
      updatedAt
      viewerCanFollowUp
      viewerCanContinueElsewhere
      preamble @include(if: $whole) {
        role
      }
      continues {
        ...RelatedFields
      }
      continuedBy {
        ...RelatedFields
      }
      turns(last: $last, before: $before, through: $through) {
        edges {
          node {
            ...TurnFields
          }
        }
        pageInfo {
          hasPreviousPage
          startCursor
        }
      }
    }
  }
`);

export const ChatMutation = graphql(`
  mutation Chat($input: ChatInput!) {
    chat(input: $input) {
      turn {
        ...TurnFields
      }
      conversation {
        ...ListedFields
      }
    }
  }
`);

export const FollowUpMutation = graphql(`
  mutation FollowUp($input: FollowUpInput!) {
    followUp(input: $input) {
      turn {
        ...TurnFields
      }
      conversation {
        ...ListedFields
      }
    }
  }
`);

export const AskAgainMutation = graphql(`
  mutation AskAgain($input: AskAgainInput!) {
    askAgain(input: $input) {
      turn {
        ...TurnFields
      }
      conversation {
        ...ListedFields
      }
    }
  }
`);

export const ModelsQuery = graphql(`
  query Models {
    models {
      name
      title
    }
  }
`);

export const ContinueElsewhereMutation = graphql(`
  mutation ContinueElsewhere($input: ContinueElsewhereInput!) {
    continueElsewhere(input: $input) {
      turn {
        ...TurnFields
      }
      conversation {
        ...ListedFields
        preamble {
          role
        }
        continues {
          ...RelatedFields
        }
      }
    }
  }
`);

export const PreambleQuery = graphql(`
  query Preamble($id: ID!) {
    conversation(id: $id) {
      preamble {
        role
        text
      }
    }
  }
`);

export const ExplainQuery = graphql(`
  query Explain($turnId: ID!) {
    turn(id: $turnId) {
      explain {
        sentence
        rule
        pinned
        ready
        busy
        resting
        out
        count
        account
        leftOut {
          account
          why
          reason
          detail
        }
      }
    }
  }
`);

export const MessageQuery = graphql(`
  query Message($turnId: ID!) {
    turn(id: $turnId) {
      message
    }
  }
`);

export const ProofQuery = graphql(`
  query Proof($turnId: ID!, $conversationId: ID!) {
    turn(id: $turnId) {
      receipt {
        text
        signature
        key
      }
    }
    conversation(id: $conversationId) {
      integrity {
        proven
        complete
        turns
        unsigned
        unfinished
        problems {
          code
          position
          message
        }
      }
    }
  }
`);

export const StopMutation = graphql(`
  mutation Stop($turnId: ID!) {
    stop(input: { turnId: $turnId }) {
      turn {
        ...TurnFields
      }
    }
  }
`);

export const ReplySubscription = graphql(`
  subscription Reply($turnId: ID!, $after: Int!) {
    reply(turnId: $turnId, after: $after) {
      __typename
      number
      ... on ReplyWaiting {
        place
      }
      ... on ReplyTextAdded {
        text
      }
      ... on ReplyTextReplaced {
        text
      }
      ... on ReplyTitled {
        title
      }
      ... on ReplyEnded {
        turn {
          ...TurnFields
        }
      }
    }
  }
`);
