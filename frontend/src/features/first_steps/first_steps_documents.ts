import { graphql } from "@/graphql/generated";

export const FirstStepsQuery = graphql(`
  query FirstSteps {
    server {
      rehearsing
      clientExists
    }
  }
`);
