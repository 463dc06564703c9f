import { graphql } from "@/graphql/generated";

export const ViewerQuery = graphql(`
  query Viewer {
    viewer {
      id
      name
      role
      plus
      viewerCanSeeAccounts
      viewerCanManageAccounts
      viewerCanSeeUsers
      viewerCanIssueKeys
      viewerCanIssueClientKeys
    }
    server {
      version
      rehearsing
      clientExists
    }
  }
`);

export const OwnerQuery = graphql(`
  query Owner {
    viewer {
      id
      name
    }
  }
`);
