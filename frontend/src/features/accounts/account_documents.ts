import { graphql } from "@/graphql/generated";

export const AccountFields = graphql(`
  fragment AccountFields on Account {
    id
    name
    kind
    source
    plus
    health
    why
    whyCode
    until
    inFlight
    concurrency
    waiting
    lastUsedAt
    hasProxy
    definition {
      weight
      concurrency
      proxy
      model
      context
      baseUrl
      loginUrl
      authUrl
      email
      secrets
    }
    viewerCanSignIn
    viewerCanCheckProxy
    viewerCanRemove
  }
`);

export const AccountStatesSubscription = graphql(`
  subscription AccountStates {
    accountStates {
      ...AccountFields
    }
  }
`);

export const SettingsProblemQuery = graphql(`
  query SettingsProblem {
    server {
      settingsProblem
    }
  }
`);

export const AddAccountMutation = graphql(`
  mutation AddAccount($input: AddAccountInput!) {
    addAccount(input: $input) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const ChangeAccountMutation = graphql(`
  mutation ChangeAccount($input: ChangeAccountInput!) {
    changeAccount(input: $input) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const TestAccountMutation = graphql(`
  mutation TestAccount($name: String!) {
    testAccount(input: { name: $name }) {
      account {
        ...AccountFields
      }
      ok
      code
      message
      seconds
      models
    }
  }
`);

export const SignInAccountMutation = graphql(`
  mutation SignInAccount($name: String!) {
    signInAccount(input: { name: $name }) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const CheckProxyMutation = graphql(`
  mutation CheckProxy($name: String!) {
    checkProxy(input: { name: $name }) {
      state
      seconds
    }
  }
`);

export const RestAccountMutation = graphql(`
  mutation RestAccount($name: String!, $until: DateTime!) {
    restAccount(input: { name: $name, until: $until }) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const WakeAccountMutation = graphql(`
  mutation WakeAccount($name: String!) {
    wakeAccount(input: { name: $name }) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const DisableAccountMutation = graphql(`
  mutation DisableAccount($name: String!) {
    disableAccount(input: { name: $name }) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const EnableAccountMutation = graphql(`
  mutation EnableAccount($name: String!) {
    enableAccount(input: { name: $name }) {
      account {
        ...AccountFields
      }
    }
  }
`);

export const RemoveAccountMutation = graphql(`
  mutation RemoveAccount($name: String!) {
    removeAccount(input: { name: $name }) {
      name
    }
  }
`);
